package io.millrace.transformload;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of transform-load.
 *
 * @param mappings a JSONata expression per kind of result; those that ship apply where it has none
 * @param maxItemSize the longest document that is kept in the table; longer ones lie in the archive
 *     only (DynamoDB takes items of at most 400 KB)
 */
@ConfigurationProperties("millrace.transform-load")
record TransformLoadProperties(
        @DefaultValue Map<String, String> mappings, @DefaultValue("300KB") DataSize maxItemSize) {}
