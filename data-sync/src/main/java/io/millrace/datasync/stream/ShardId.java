package io.millrace.datasync.stream;

/**
 * A shard's id.
 *
 * @param value as DynamoDB Streams gives it
 */
public record ShardId(String value) implements Comparable<ShardId> {

    public ShardId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a shard has an id that is not blank");
        }
    }

    @Override
    public int compareTo(ShardId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
