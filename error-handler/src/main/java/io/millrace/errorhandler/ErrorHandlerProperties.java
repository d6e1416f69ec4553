package io.millrace.errorhandler;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of error-handler.
 *
 * @param maxPayloadSize the longest payload that a record carries; longer ones lie in S3 (SQS takes
 *     messages of at most 256 KB)
 */
@ConfigurationProperties("millrace.error-handler")
record ErrorHandlerProperties(@DefaultValue("150KB") DataSize maxPayloadSize) {}
