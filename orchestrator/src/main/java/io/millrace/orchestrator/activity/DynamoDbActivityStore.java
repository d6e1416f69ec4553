package io.millrace.orchestrator.activity;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Activities in the table of definitions, all under one key. */
final class DynamoDbActivityStore implements ActivityStore {

    private static final String ACTIVITIES = "activities";

    private final DynamoDbClient dynamoDb;
    private final String table;

    DynamoDbActivityStore(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Optional<Activity> find(String name) {
        var item =
                dynamoDb.getItem(get -> get.tableName(table).key(key(name)).consistentRead(true))
                        .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(activity(item));
    }

    @Override
    public Activity create(Activity activity) {
        try {
            dynamoDb.putItem(put ->
                    put.tableName(table)
                            .item(
                                    Map.of(
                                            "pk",
                                            fromS(ACTIVITIES),
                                            "sk",
                                            fromS(activity.name()),
                                            "createdAt",
                                            fromN(
                                                    Long.toString(
                                                            activity.createdAt().toEpochMilli()))))
                            .conditionExpression("attribute_not_exists(pk)"));
            return activity;
        } catch (ConditionalCheckFailedException e) {
            return find(activity.name()).orElseThrow(() -> e);
        }
    }

    @Override
    public void delete(String name) {
        dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(name)));
    }

    @Override
    public List<Activity> list(String after, int limit) {
        // A sort key is never empty: a space comes before every name.
        var start = after.isEmpty() ? " " : after;
        return dynamoDb
                .query(query ->
                        query.tableName(table)
                                .keyConditionExpression("pk = :activities AND sk > :after")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":activities",
                                                fromS(ACTIVITIES),
                                                ":after",
                                                fromS(start)))
                                .limit(limit))
                .items()
                .stream()
                .map(DynamoDbActivityStore::activity)
                .toList();
    }

    private static Map<String, AttributeValue> key(String name) {
        return Map.of("pk", fromS(ACTIVITIES), "sk", fromS(name));
    }

    private static Activity activity(Map<String, AttributeValue> item) {
        return new Activity(
                Items.attribute(item, "sk").s(),
                Instant.ofEpochMilli(Items.number(item, "createdAt")));
    }
}
