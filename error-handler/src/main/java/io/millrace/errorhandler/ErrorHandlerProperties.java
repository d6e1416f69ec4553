package io.millrace.errorhandler;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of error-handler.
 *
 * @param maxPayloadSize the longest payload that a record carries, as it is written there; longer
 *     ones lie in S3
 * @param quietPeriod for how long after an alarm a group of failures raises no other
 */
@ConfigurationProperties("millrace.error-handler")
record ErrorHandlerProperties(
        @DefaultValue("150KB") DataSize maxPayloadSize, @DefaultValue("1h") Duration quietPeriod) {

    /** Of 256 KB in all (SQS Developer Guide, "Message quotas"), less what else a record tells. */
    private static final DataSize MOST = DataSize.ofKilobytes(150);

    ErrorHandlerProperties {
        if (maxPayloadSize.isNegative() || maxPayloadSize.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "max-payload-size %s: a record has to fit a message of SQS; use %d KB or less"
                            .formatted(maxPayloadSize, MOST.toKilobytes()));
        }
        if (quietPeriod.isNegative()) {
            throw new IllegalArgumentException(
                    "quiet-period %s: use 0s for an alarm per failure, or more"
                            .formatted(quietPeriod));
        }
    }
}
