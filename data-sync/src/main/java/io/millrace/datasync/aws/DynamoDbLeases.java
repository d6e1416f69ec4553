package io.millrace.datasync.aws;

import io.millrace.datasync.lease.Lease;
import io.millrace.datasync.lease.LeaseStore;
import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.ShardId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Leases as items, each write on the condition that the lease is still in the same hands. An item
 * nobody writes to for three days is dropped: its shard, whose records live for one day, is gone.
 */
public final class DynamoDbLeases implements LeaseStore {

    /** DynamoDB API reference, BatchGetItem: at most a hundred items a request. */
    private static final int MAX_BATCH = 100;

    private static final Duration KEPT = Duration.ofDays(3);
    private static final String END = "SHARD_END";
    private static final String IN_MY_HANDS = "#owner = :owner and generation = :generation";
    private static final Map<String, String> OWNER = Map.of("#owner", "owner");

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Supplier<String> stream;
    private final InstantSource clock;

    /**
     * @param stream the stream's ARN, which the items' ids start with: a table may hold the leases
     *     of several streams
     */
    public DynamoDbLeases(
            DynamoDbClient dynamoDb, String table, Supplier<String> stream, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.stream = stream;
        this.clock = clock;
    }

    @Override
    public List<Lease> find(Collection<ShardId> shards) {
        var found = new ArrayList<Lease>();
        var waiting = new ArrayList<>(shards.stream().map(this::key).toList());
        while (!waiting.isEmpty()) {
            var some = waiting.subList(0, Math.min(MAX_BATCH, waiting.size()));
            var keys = KeysAndAttributes.builder().keys(some).consistentRead(true).build();
            var response =
                    dynamoDb.batchGetItem(request -> request.requestItems(Map.of(table, keys)));
            response.responses().getOrDefault(table, List.of()).stream()
                    .map(this::lease)
                    .forEach(found::add);
            some.clear();
            var left = response.unprocessedKeys().get(table);
            if (left != null) {
                waiting.addAll(left.keys());
            }
        }
        return found;
    }

    @Override
    public void create(Lease unread) {
        var item = new HashMap<>(key(unread.shard()));
        item.put("generation", number(unread.generation()));
        item.put("beat", number(unread.beat()));
        item.put("expiresAt", number(expiry()));
        conditionally(() ->
                dynamoDb.putItem(request ->
                        request.tableName(table)
                                .item(item)
                                .conditionExpression("attribute_not_exists(id)")));
    }

    @Override
    public Optional<Lease> take(Lease seen, String owner) {
        var taken =
                new Lease(
                        seen.shard(),
                        Optional.of(owner),
                        seen.generation() + 1,
                        seen.beat() + 1,
                        seen.position());
        return conditionally(() ->
                dynamoDb.updateItem(request ->
                        request.tableName(table)
                                .key(key(seen.shard()))
                                .conditionExpression("generation = :seen and beat = :beat")
                                .updateExpression(
                                        "set #owner = :owner, generation = :next,"
                                                + " beat = beat + :one, expiresAt = :expiry")
                                .expressionAttributeNames(OWNER)
                                .expressionAttributeValues(
                                        Map.of(
                                                ":seen", number(seen.generation()),
                                                ":beat", number(seen.beat()),
                                                ":owner", AttributeValue.fromS(owner),
                                                ":next", number(taken.generation()),
                                                ":one", number(1),
                                                ":expiry", number(expiry())))))
                ? Optional.of(taken)
                : Optional.empty();
    }

    @Override
    public boolean renew(Lease held) {
        return update(held, "set beat = beat + :one, expiresAt = :expiry", sign(held));
    }

    @Override
    public boolean advance(Lease held, Position position) {
        var values = sign(held);
        values.put(":position", AttributeValue.fromS(text(position)));
        return update(
                held,
                "set beat = beat + :one, expiresAt = :expiry, checkpoint = :position",
                values);
    }

    @Override
    public void release(Lease held) {
        update(held, "remove #owner set beat = beat + :one, expiresAt = :expiry", sign(held));
    }

    private boolean update(Lease held, String expression, Map<String, AttributeValue> values) {
        return conditionally(() ->
                dynamoDb.updateItem(request ->
                        request.tableName(table)
                                .key(key(held.shard()))
                                .conditionExpression(IN_MY_HANDS)
                                .updateExpression(expression)
                                .expressionAttributeNames(OWNER)
                                .expressionAttributeValues(values)));
    }

    private Map<String, AttributeValue> sign(Lease held) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":owner", AttributeValue.fromS(held.owner().orElseThrow()));
        values.put(":generation", number(held.generation()));
        values.put(":one", number(1));
        values.put(":expiry", number(expiry()));
        return values;
    }

    private static boolean conditionally(Runnable write) {
        try {
            write.run();
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private Lease lease(Map<String, AttributeValue> item) {
        return new Lease(
                new ShardId(present(item, "id").s().substring(prefix().length())),
                attribute(item, "owner").map(AttributeValue::s),
                Long.parseLong(present(item, "generation").n()),
                Long.parseLong(present(item, "beat").n()),
                position(attribute(item, "checkpoint").map(AttributeValue::s)));
    }

    private static AttributeValue present(Map<String, AttributeValue> item, String name) {
        return attribute(item, name)
                .orElseThrow(() ->
                        new IllegalStateException("the lease %s lacks %s".formatted(item, name)));
    }

    private static Optional<AttributeValue> attribute(
            Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name));
    }

    private static Position position(Optional<String> checkpoint) {
        return checkpoint
                .<Position>map(
                        text -> text.equals(END) ? new Position.End() : new Position.After(text))
                .orElseGet(Position.Start::new);
    }

    private static String text(Position position) {
        return switch (position) {
            case Position.After(var sequenceNumber) -> sequenceNumber;
            case Position.End _ -> END;
            case Position.Start _ ->
                    throw new IllegalArgumentException("a checkpoint never goes back to the start");
        };
    }

    private Map<String, AttributeValue> key(ShardId shard) {
        return Map.of("id", AttributeValue.fromS(prefix() + shard));
    }

    private String prefix() {
        return stream.get() + "/";
    }

    private long expiry() {
        return clock.instant().plus(KEPT).getEpochSecond();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }
}
