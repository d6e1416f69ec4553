package io.millrace.orchestrator.activity;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Tasks in the table of definitions, those of an activity under one key, the oldest first. */
final class DynamoDbTaskQueue implements TaskQueue {

    /** No task waits longer than an execution may run (Step Functions, "Quotas"). */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final String LATEST = "version = :before";

    private final DynamoDbClient dynamoDb;
    private final String table;

    DynamoDbTaskQueue(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public void add(QueuedTask task) {
        try {
            dynamoDb.putItem(put ->
                    put.tableName(table)
                            .item(item(task))
                            .conditionExpression("attribute_not_exists(pk)"));
        } catch (ConditionalCheckFailedException _) {
            // It was put there before.
        }
    }

    @Override
    public List<QueuedTask> first(String activity, int limit) {
        return dynamoDb
                .query(query ->
                        query.tableName(table)
                                .keyConditionExpression("pk = :tasks")
                                .expressionAttributeValues(
                                        Map.of(":tasks", fromS(partition(activity))))
                                .consistentRead(true)
                                .limit(limit))
                .items()
                .stream()
                .map(item -> task(activity, item))
                .toList();
    }

    @Override
    public boolean replace(QueuedTask task) {
        try {
            dynamoDb.putItem(put ->
                    put.tableName(table)
                            .item(item(task))
                            .conditionExpression(LATEST)
                            .expressionAttributeValues(before(task.version() - 1)));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    @Override
    public Removal remove(QueuedTask task) {
        try {
            dynamoDb.deleteItem(delete ->
                    delete.tableName(table)
                            .key(key(task))
                            .conditionExpression(LATEST)
                            .expressionAttributeValues(before(task.version()))
                            .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Removal.DONE;
        } catch (ConditionalCheckFailedException e) {
            return e.hasItem() && !e.item().isEmpty() ? Removal.CHANGED : Removal.ABSENT;
        }
    }

    private static Map<String, AttributeValue> before(long version) {
        return Map.of(":before", fromN(Long.toString(version)));
    }

    private static String partition(String activity) {
        return "activity-tasks#" + activity;
    }

    private static Map<String, AttributeValue> key(QueuedTask task) {
        return Map.of("pk", fromS(partition(task.activity())), "sk", fromS(task.position()));
    }

    private static Map<String, AttributeValue> item(QueuedTask task) {
        return Map.of(
                "pk", fromS(partition(task.activity())),
                "sk", fromS(task.position()),
                "token", fromS(task.token()),
                "handOuts", fromL(task.handOuts().stream().map(AttributeValue::fromS).toList()),
                "heldUntil", fromN(Long.toString(task.heldUntil().toEpochMilli())),
                "version", fromN(Long.toString(task.version())),
                "expiresAt",
                        fromN(Long.toString(task.scheduledAt().plus(LONGEST).getEpochSecond())));
    }

    private static QueuedTask task(String activity, Map<String, AttributeValue> item) {
        return new QueuedTask(
                activity,
                Items.attribute(item, "sk").s(),
                Items.attribute(item, "token").s(),
                Items.attribute(item, "handOuts").l().stream().map(AttributeValue::s).toList(),
                Instant.ofEpochMilli(Items.number(item, "heldUntil")),
                Items.number(item, "version"));
    }
}
