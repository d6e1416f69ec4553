package io.millrace.transformload;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of transform-load.
 *
 * @param mappings by kind of result, a JSONata expression or {@code file:} or {@code classpath:}
 *     and where one lies; those that ship apply where it has none
 * @param mappingTimeout how long the mapping of one event may take
 * @param maxItemSize the largest document that is kept in the table; larger ones lie in the archive
 *     only
 * @param archiveLinger how long a result waits for others to share an object of the archive with;
 *     zero if each has its own
 * @param archiveBatchSize how many results share an object at most
 */
@ConfigurationProperties("millrace.transform-load")
record TransformLoadProperties(
        @DefaultValue Map<String, String> mappings,
        @DefaultValue("5s") Duration mappingTimeout,
        @DefaultValue("350KB") DataSize maxItemSize,
        @DefaultValue("0s") Duration archiveLinger,
        @DefaultValue("100") int archiveBatchSize) {

    /** Of 400 KB in all (DynamoDB Developer Guide, "Constraints"), less what else an item holds. */
    private static final DataSize MOST = DataSize.ofKilobytes(390);

    TransformLoadProperties {
        mappings = Map.copyOf(mappings);
        if (mappingTimeout.isZero() || mappingTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "mapping-timeout %s leaves no time; use 5s".formatted(mappingTimeout));
        }
        if (archiveLinger.isNegative() || archiveBatchSize < 1) {
            throw new IllegalArgumentException(
                    "archive-linger %s and archive-batch-size %d: use 0s or more and 1 or more"
                            .formatted(archiveLinger, archiveBatchSize));
        }
        if (maxItemSize.isNegative() || maxItemSize.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "max-item-size %s: DynamoDB takes items of 400 KB; use %d KB or less"
                            .formatted(maxItemSize, MOST.toKilobytes()));
        }
    }
}
