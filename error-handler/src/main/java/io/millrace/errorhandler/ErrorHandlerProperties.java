package io.millrace.errorhandler;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of error-handler.
 *
 * @param maxPayloadSize the longest payload that a record carries, as it is written there; longer
 *     ones lie in S3
 */
@ConfigurationProperties("millrace.error-handler")
record ErrorHandlerProperties(@DefaultValue("150KB") DataSize maxPayloadSize) {

    /** Of 256 KB in all (SQS Developer Guide, "Message quotas"), less what else a record tells. */
    private static final DataSize MOST = DataSize.ofKilobytes(150);

    ErrorHandlerProperties {
        if (maxPayloadSize.isNegative() || maxPayloadSize.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "max-payload-size %s: a record has to fit a message of SQS; use %d KB or less"
                            .formatted(maxPayloadSize, MOST.toKilobytes()));
        }
    }
}
