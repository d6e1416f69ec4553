package io.millrace.datasync;

import static io.millrace.servicestarter.PropertyCheck.check;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
 * @param maxMessageSize the longest message that is sent; what SQS does not take goes through S3
 */
@ConfigurationProperties("millrace.data-sync")
record DataSyncProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("type") String requiredAttribute,
        @DefaultValue("250ms") Duration idle,
        @DefaultValue("10s") Duration leaseDuration,
        @DefaultValue("30s") Duration discoveryInterval,
        @DefaultValue("30s") Duration maxBackOff,
        @DefaultValue("1000") int pageSize,
        @DefaultValue("4MB") DataSize maxMessageSize) {

    DataSyncProperties {
        check(idle.toMillis() >= 10, "millrace.data-sync.idle", idle, "10ms or more");
        check(
                leaseDuration.toSeconds() >= 1,
                "millrace.data-sync.lease-duration",
                leaseDuration,
                "1s or more");
        check(
                discoveryInterval.toSeconds() >= 1,
                "millrace.data-sync.discovery-interval",
                discoveryInterval,
                "1s or more");
        check(
                maxBackOff.toSeconds() >= 1,
                "millrace.data-sync.max-back-off",
                maxBackOff,
                "1s or more");
        check(
                pageSize >= 1 && pageSize <= 1000,
                "millrace.data-sync.page-size",
                pageSize,
                "1 to 1000");
    }
}
