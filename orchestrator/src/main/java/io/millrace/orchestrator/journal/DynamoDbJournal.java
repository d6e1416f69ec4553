package io.millrace.orchestrator.journal;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.journal.Packing.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The journal in a DynamoDB table: an item {@code head} per execution, moved by conditional puts,
 * and items beside it, or objects in S3, for what would make the head large.
 */
final class DynamoDbJournal implements Journal {

    private static final String HEAD = "head";

    /** The longest that a Standard execution may run (Step Functions, "Quotas"). */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Duration retention;
    private final HeadCodec codec = new HeadCodec();
    private final Packing packing = new Packing(codec);
    private final LargeData largeData;
    private final Documents documents;
    private final RecentHeads recent;

    /**
     * @param retention how long an execution is kept after its end
     * @param recent how many characters of heads that run stay at hand
     */
    DynamoDbJournal(
            DynamoDbClient dynamoDb,
            String table,
            LargeData largeData,
            Duration retention,
            long recent) {
        this.recent = new RecentHeads(recent);
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.retention = retention;
        this.largeData = largeData;
        this.documents = new Documents(dynamoDb, table, largeData);
    }

    @Override
    public Optional<Head> read(ExecutionId id) {
        var item =
                dynamoDb.getItem(
                                get -> get.tableName(table).key(key(id, HEAD)).consistentRead(true))
                        .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(head(id, item));
    }

    private Head head(ExecutionId id, Map<String, AttributeValue> item) {
        return codec.decodeHead(documents.read(id, item));
    }

    @Override
    public Commit commit(Head head) {
        var packed = packing.pack(head);
        packed.items().forEach((key, document) -> putBeside(head, key, document));
        try {
            dynamoDb.putItem(conditional(head, item(packed.head(), packed.document())));
            remember(packed);
            return new Commit.Done(packed.head());
        } catch (ConditionalCheckFailedException e) {
            recent.remove(head.id());
            return new Commit.Conflict(latest(head.id(), e));
        }
    }

    /** Heads with data elsewhere are large as they stand in memory, and few. */
    private void remember(Packing.Packed packed) {
        var head = packed.head();
        if (head.status().ended() || packed.document().refersElsewhere()) {
            recent.remove(head.id());
        } else {
            recent.put(head, packed.document().length());
        }
    }

    @Override
    public Optional<Head> recent(ExecutionId id) {
        return recent.get(id);
    }

    private Head latest(ExecutionId id, ConditionalCheckFailedException refusal) {
        if (refusal.hasItem() && !refusal.item().isEmpty()) {
            return head(id, refusal.item());
        }
        return read(id).orElseThrow(
                        () -> new IllegalStateException("The journal lost " + id, refusal));
    }

    private PutItemRequest conditional(Head head, Map<String, AttributeValue> item) {
        var put =
                PutItemRequest.builder()
                        .tableName(table)
                        .item(item)
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (head.version() == 1) {
            put.conditionExpression("attribute_not_exists(pk)");
        } else {
            put.conditionExpression("version = :read")
                    .expressionAttributeValues(
                            Map.of(":read", fromN(Long.toString(head.version() - 1))));
        }
        return put.build();
    }

    private Map<String, AttributeValue> item(Head head, Document document) {
        var item = new HashMap<>(key(head.id(), HEAD));
        item.putAll(Documents.attributes(document));
        item.put("version", fromN(Long.toString(head.version())));
        item.put("status", fromS(head.status().name()));
        item.put("listShard", fromS(listShard(head.id().stateMachine(), head.shard())));
        item.put("startedAt", fromS(Positions.text(Position.of(head))));
        head.dueAt()
                .ifPresent(at -> {
                    item.put("shard", fromS(Integer.toString(head.shard())));
                    item.put("dueAt", fromN(Long.toString(at.toEpochMilli())));
                });
        head.endedAt().ifPresent(at -> item.put("expiresAt", seconds(at.plus(retention))));
        return item;
    }

    private void putBeside(Head head, String sortKey, Document document) {
        if (documents.isKnown(head.id(), sortKey)) {
            return;
        }
        if (Packing.isObject(sortKey)) {
            largeData.put(head.id(), sortKey, document.text());
        } else {
            putItem(head, sortKey, document);
        }
        documents.remember(head.id(), sortKey, document);
    }

    private void putItem(Head head, String sortKey, Document document) {
        var item = new HashMap<>(key(head.id(), sortKey));
        item.putAll(Documents.attributes(document));
        // Nothing comes back to these items when the execution ends: they outlive any.
        item.put("expiresAt", seconds(head.startedAt().plus(LONGEST).plus(retention)));
        dynamoDb.putItem(put -> put.tableName(table).item(item));
    }

    @Override
    public List<HistoryEvent> events(ExecutionId id, Head.Chunk chunk) {
        var item =
                dynamoDb.getItem(get ->
                                get.tableName(table)
                                        .key(key(id, Packing.sortKey(chunk)))
                                        .consistentRead(true))
                        .item();
        return codec.decodeEvents(documents.read(id, item));
    }

    @Override
    public List<ExecutionId> due(int shard, Instant until, int limit) {
        return dynamoDb
                .query(query ->
                        query.tableName(table)
                                .indexName("due")
                                // "shard" is a word that DynamoDB reserves.
                                .keyConditionExpression("#shard = :shard AND dueAt <= :until")
                                .expressionAttributeNames(Map.of("#shard", "shard"))
                                .expressionAttributeValues(
                                        Map.of(
                                                ":shard",
                                                fromS(Integer.toString(shard)),
                                                ":until",
                                                fromN(Long.toString(until.toEpochMilli()))))
                                .limit(limit))
                .items()
                .stream()
                .map(item -> ExecutionId.parse(text(item, "pk")))
                .toList();
    }

    @Override
    public Listing list(Query query) {
        var found = new ArrayList<ExecutionId>();
        var positions = new HashMap<ExecutionId, Position>();
        for (var shard : IntStream.range(0, query.shards()).boxed().toList()) {
            for (var item : dynamoDb.query(page(query, shard)).items()) {
                var id = ExecutionId.parse(text(item, "pk"));
                found.add(id);
                positions.put(id, Positions.parse(text(item, "startedAt")));
            }
        }
        found.sort((a, b) ->
                InMemoryJournal.LATEST_FIRST.compare(
                        positions.getOrDefault(a, Positions.NONE),
                        positions.getOrDefault(b, Positions.NONE)));
        var page = found.subList(0, Math.min(found.size(), query.limit()));
        return new Listing(
                page.stream().flatMap(id -> read(id).stream()).toList(),
                found.size() > query.limit());
    }

    private QueryRequest page(Query query, int shard) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":shard", fromS(listShard(query.stateMachine(), shard)));
        query.after().ifPresent(at -> values.put(":after", fromS(Positions.text(at))));
        return QueryRequest.builder()
                .tableName(table)
                .indexName("list")
                .keyConditionExpression(
                        query.after().isPresent()
                                ? "listShard = :shard AND startedAt < :after"
                                : "listShard = :shard")
                .expressionAttributeValues(values)
                .scanIndexForward(false)
                .limit(query.limit() + 1)
                .build();
    }

    private static String listShard(String stateMachine, int shard) {
        return stateMachine + "#" + shard;
    }

    private static AttributeValue seconds(Instant time) {
        return fromN(Long.toString(time.getEpochSecond()));
    }

    static Map<String, AttributeValue> key(ExecutionId id, String sortKey) {
        return Map.of("pk", fromS(id.text()), "sk", fromS(sortKey));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute))
                .map(AttributeValue::s)
                .orElseThrow(() -> new IllegalStateException("An item has no " + attribute));
    }
}
