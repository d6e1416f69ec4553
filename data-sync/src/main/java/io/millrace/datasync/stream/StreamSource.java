package io.millrace.datasync.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The stream of a table. */
public interface StreamSource {

    /** The stream's name, which a failed record's dead letter carries. */
    String name();

    /** All shards that still have records, or that may get some. */
    List<Shard> shards();

    /** Where reading of a shard goes on after a position. */
    Opened open(ShardId shard, Position position);

    /** The records from a place on, as many as fit into a page. */
    Read read(Place place);

    /**
     * A place in a shard, valid for some minutes.
     *
     * @param iterator what DynamoDB Streams calls it
     */
    record Place(String iterator) {}

    /** What came of opening a shard. */
    sealed interface Opened {

        record At(Place place) implements Opened {}

        /** Records after the position are older than the stream keeps: they are lost. */
        record Trimmed() implements Opened {}

        /** The shard is not there any more, so nothing of it is left to read. */
        record Gone() implements Opened {}
    }

    /** What came of reading. */
    sealed interface Read {

        /**
         * Records in their order.
         *
         * @param records none if there is nothing new
         * @param next where they go on; empty if the shard ends with them
         */
        record Page(List<Change> records, Optional<Place> next) implements Read {

            public Page {
                records = List.copyOf(records);
            }
        }

        /** The place is not valid any more: open the shard again. */
        record Expired() implements Read {}

        /** Records at the place are older than the stream keeps: they are lost. */
        record Trimmed() implements Read {}
    }

    /**
     * A stream record.
     *
     * @param sequenceNumber its place in the shard
     * @param at when the change was made, about
     * @param json the record as DynamoDB Streams documents it
     */
    record Change(String sequenceNumber, Instant at, JsonNode json) {}
}
