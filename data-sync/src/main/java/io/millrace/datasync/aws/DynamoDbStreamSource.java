package io.millrace.datasync.aws;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.Shard;
import io.millrace.datasync.stream.ShardId;
import io.millrace.datasync.stream.StreamSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a table through DynamoDB's low-level Streams API. */
public final class DynamoDbStreamSource implements StreamSource {

    private final DynamoDbClient dynamoDb;
    private final DynamoDbStreamsClient streams;
    private final String table;
    private final int pageSize;
    private volatile @Nullable String arn;

    /**
     * @param pageSize how many records a page has at most; DynamoDB permits 1,000
     */
    public DynamoDbStreamSource(
            DynamoDbClient dynamoDb, DynamoDbStreamsClient streams, String table, int pageSize) {
        this.dynamoDb = dynamoDb;
        this.streams = streams;
        this.table = table;
        this.pageSize = pageSize;
    }

    @Override
    public String name() {
        var known = arn;
        if (known != null) {
            return known;
        }
        var found = dynamoDb.describeTable(request -> request.tableName(table)).table();
        var latest = found.latestStreamArn();
        if (latest == null || latest.isBlank()) {
            throw new IllegalStateException(
                    "table %s has no stream; enable one with StreamViewType NEW_AND_OLD_IMAGES"
                            .formatted(table));
        }
        arn = latest;
        return latest;
    }

    @Override
    public List<Shard> shards() {
        try {
            return described(name());
        } catch (ResourceNotFoundException e) {
            // The table was made anew: its stream has another name then.
            arn = null;
            throw e;
        }
    }

    private List<Shard> described(String stream) {
        var shards = new ArrayList<Shard>();
        @Nullable String last = null;
        do {
            var after = last;
            StreamDescription page =
                    streams.describeStream(request ->
                                    request.streamArn(stream).exclusiveStartShardId(after))
                            .streamDescription();
            page.shards().forEach(each -> shards.add(shard(each)));
            last = page.lastEvaluatedShardId();
        } while (last != null);
        return shards;
    }

    private static Shard shard(software.amazon.awssdk.services.dynamodb.model.Shard shard) {
        return new Shard(
                new ShardId(shard.shardId()),
                Optional.ofNullable(shard.parentShardId())
                        .filter(parent -> !parent.isBlank())
                        .map(ShardId::new));
    }

    @Override
    public Opened open(ShardId shard, Position position) {
        var request = GetShardIteratorRequest.builder().streamArn(name()).shardId(shard.value());
        switch (position) {
            case Position.Start _ -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            case Position.After(var sequenceNumber) ->
                    request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .sequenceNumber(sequenceNumber);
            case Position.End _ -> {
                return new Opened.Gone();
            }
        }
        try {
            return new Opened.At(
                    new Place(streams.getShardIterator(request.build()).shardIterator()));
        } catch (TrimmedDataAccessException _) {
            return new Opened.Trimmed();
        } catch (ResourceNotFoundException _) {
            return new Opened.Gone();
        }
    }

    @Override
    public Read read(Place place) {
        try {
            var page =
                    streams.getRecords(
                            request -> request.shardIterator(place.iterator()).limit(pageSize));
            return new Read.Page(
                    page.records().stream().map(this::change).toList(),
                    Optional.ofNullable(page.nextShardIterator()).map(Place::new));
        } catch (ExpiredIteratorException _) {
            return new Read.Expired();
        } catch (TrimmedDataAccessException _) {
            return new Read.Trimmed();
        }
    }

    private Change change(Record record) {
        return new Change(
                record.dynamodb().sequenceNumber(),
                record.dynamodb().approximateCreationDateTime(),
                RecordJson.of(record, name()));
    }
}
