package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.groups.Alike;
import io.millrace.errorhandler.groups.FailureGroup;
import io.millrace.errorhandler.groups.GroupStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Groups as items of one partition, so that a query lists them, and, for each failure, an item that
 * says it is counted. Both expire: the latter when no message can bring the failure any more.
 */
public final class DynamoDbGroups implements GroupStore {

    private static final String PARTITION = "groups";

    /** Longer than the failures queue keeps a message. */
    private static final Duration COUNTED = Duration.ofDays(15);

    private static final Duration KEPT = Duration.ofDays(90);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoDbGroups(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<FailureGroup> find(String id) {
        var item =
                dynamoDb.getItem(request ->
                                request.tableName(table).key(group(id)).consistentRead(true))
                        .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
    }

    @Override
    public Written write(String recordId, Optional<FailureGroup> before, FailureGroup after) {
        try {
            dynamoDb.transactWriteItems(request ->
                    request.transactItems(
                            counted(recordId, after.alike().id()), changed(before, after)));
            return Written.COUNTED;
        } catch (TransactionCanceledException e) {
            var reasons = e.cancellationReasons().stream().map(CancellationReason::code).toList();
            if ("ConditionalCheckFailed".equals(reasons.getFirst())) {
                return Written.KNOWN;
            }
            if (reasons.contains("ConditionalCheckFailed")
                    || reasons.contains("TransactionConflict")) {
                return Written.OVERTAKEN;
            }
            throw e;
        }
    }

    private TransactWriteItem counted(String recordId, String group) {
        var item =
                Map.of(
                        "pk", AttributeValue.fromS(recordId),
                        "sk", AttributeValue.fromS(group),
                        "expiresAt", in(COUNTED));
        return TransactWriteItem.builder()
                .put(
                        Put.builder()
                                .tableName(table)
                                .item(item)
                                .conditionExpression("attribute_not_exists(pk)")
                                .build())
                .build();
    }

    private TransactWriteItem changed(Optional<FailureGroup> before, FailureGroup after) {
        var alike = after.alike();
        var values = new HashMap<String, AttributeValue>();
        values.put(":origin", AttributeValue.fromS(alike.origin()));
        values.put(":state", AttributeValue.fromS(alike.state().orElse("")));
        values.put(":error", AttributeValue.fromS(alike.error()));
        values.put(":first", AttributeValue.fromS(after.firstSeen().toString()));
        values.put(":last", AttributeValue.fromS(after.lastSeen().toString()));
        values.put(":count", number(after.count()));
        values.put(":sample", AttributeValue.fromS(after.sample()));
        values.put(":alarmAt", AttributeValue.fromS(after.alarm().at().toString()));
        values.put(":alarmCount", number(after.alarm().count()));
        values.put(":alarmSince", number(after.alarm().since()));
        values.put(":expiresAt", in(KEPT));
        before.ifPresent(group -> values.put(":before", number(group.count())));
        var update =
                Update.builder()
                        .tableName(table)
                        .key(group(alike.id()))
                        .updateExpression(
                                "SET #origin = :origin, #state = :state, #error = :error,"
                                        + " firstSeen = :first, lastSeen = :last, #count = :count,"
                                        + " #sample = :sample, alarmAt = :alarmAt,"
                                        + " alarmCount = :alarmCount, alarmSince = :alarmSince,"
                                        + " expiresAt = :expiresAt")
                        .conditionExpression(
                                before.isPresent()
                                        ? "#count = :before"
                                        : "attribute_not_exists(pk)")
                        // Some of them are words of DynamoDB's own.
                        .expressionAttributeNames(
                                Map.of(
                                        "#origin", "origin",
                                        "#state", "state",
                                        "#error", "error",
                                        "#count", "count",
                                        "#sample", "sample"))
                        .expressionAttributeValues(values)
                        .build();
        return TransactWriteItem.builder().update(update).build();
    }

    @Override
    public void told(String id, Instant alarm) {
        dynamoDb.updateItem(request ->
                request.tableName(table)
                        .key(group(id))
                        .updateExpression("SET told = :alarm")
                        .expressionAttributeValues(
                                Map.of(":alarm", AttributeValue.fromS(alarm.toString()))));
    }

    @Override
    public List<FailureGroup> all() {
        return dynamoDb
                .queryPaginator(request ->
                        request.tableName(table)
                                .consistentRead(true)
                                .keyConditionExpression("pk = :groups")
                                .expressionAttributeValues(
                                        Map.of(":groups", AttributeValue.fromS(PARTITION))))
                .items()
                .stream()
                .map(DynamoDbGroups::read)
                .toList();
    }

    private static FailureGroup read(Map<String, AttributeValue> item) {
        return new FailureGroup(
                new Alike(
                        text(item, "origin").orElse(""),
                        text(item, "state").filter(state -> !state.isEmpty()),
                        text(item, "error").orElse("")),
                time(item, "firstSeen").orElseThrow(),
                time(item, "lastSeen").orElseThrow(),
                number(item, "count"),
                text(item, "sample").orElse(""),
                new FailureGroup.Alarm(
                        time(item, "alarmAt").orElseThrow(),
                        number(item, "alarmCount"),
                        number(item, "alarmSince")),
                time(item, "told"));
    }

    private static Map<String, AttributeValue> group(String id) {
        return Map.of("pk", AttributeValue.fromS(PARTITION), "sk", AttributeValue.fromS(id));
    }

    private AttributeValue in(Duration time) {
        return number(clock.instant().plus(time).getEpochSecond());
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Stream.ofNullable(item.get(name))
                .mapToLong(value -> Long.parseLong(value.n()))
                .sum();
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return text(item, name).map(Instant::parse);
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }
}
