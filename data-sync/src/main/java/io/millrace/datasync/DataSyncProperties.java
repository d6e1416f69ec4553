package io.millrace.datasync;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Properties of data-sync.
 *
 * @param enabled whether this replica reads the stream
 * @param requiredAttribute the string attribute that a new image must have to be loaded; blank for
 *     none
 * @param idle the pause after a page without records
 * @param leaseDuration how long a replica may be silent before others read its shards
 * @param discoveryInterval how often the stream is asked for its shards, besides when one ends
 * @param maxBackOff the longest pause after failures in a row
 * @param pageSize how many records are read and sent before the checkpoint moves
 * @param maxMessageSize the longest message that the queues take
 */
@Validated
@ConfigurationProperties("millrace.data-sync")
record DataSyncProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("type") String requiredAttribute,
        @DurationMin(millis = 10) @DefaultValue("250ms") Duration idle,
        @DurationMin(seconds = 1) @DefaultValue("10s") Duration leaseDuration,
        @DurationMin(seconds = 1) @DefaultValue("30s") Duration discoveryInterval,
        @DurationMin(seconds = 1) @DefaultValue("30s") Duration maxBackOff,
        @Min(1) @Max(1000) @DefaultValue("1000") int pageSize,
        @DefaultValue("250KB") DataSize maxMessageSize) {}
