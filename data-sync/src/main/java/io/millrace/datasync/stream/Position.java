package io.millrace.datasync.stream;

/** How far a shard is read. */
public sealed interface Position {

    /** Nothing is read: the next record is the oldest that the stream still has. */
    record Start() implements Position {}

    /**
     * Everything up to a record is read.
     *
     * @param sequenceNumber that record's
     */
    record After(String sequenceNumber) implements Position {}

    /** Everything is read and nothing will come: the shard's children may be read. */
    record End() implements Position {}
}
