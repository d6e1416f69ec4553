package io.millrace.orchestrator.workflow;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The table of definitions, where state machines and activities are kept: items by partition key
 * and sort key, those that change at once by several with a {@code version}.
 */
public final class DefinitionsTable {

    private static final String NEW = "attribute_not_exists(pk)";
    private static final String LATEST = "version = :before";

    private final DynamoDbClient dynamoDb;
    private final String name;

    DefinitionsTable(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    public Optional<Map<String, AttributeValue>> item(String pk, String sk) {
        var item =
                dynamoDb.getItem(get -> get.tableName(name).key(key(pk, sk)).consistentRead(true))
                        .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(item);
    }

    public void put(Map<String, AttributeValue> item) {
        dynamoDb.putItem(put -> put.tableName(name).item(item));
    }

    /** Whether there was none with its key. */
    public boolean putNew(Map<String, AttributeValue> item) {
        try {
            dynamoDb.putItem(put -> put.tableName(name).item(item).conditionExpression(NEW));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Whether the one with its key had that version. */
    public boolean replace(long version, Map<String, AttributeValue> item) {
        try {
            dynamoDb.putItem(put ->
                    put.tableName(name)
                            .item(item)
                            .conditionExpression(LATEST)
                            .expressionAttributeValues(before(version)));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    public void delete(String pk, String sk) {
        dynamoDb.deleteItem(delete -> delete.tableName(name).key(key(pk, sk)));
    }

    /**
     * @throws ConditionalCheckFailedException if it has not that version, with the item if it is
     *     there
     */
    public void delete(String pk, String sk, long version) {
        dynamoDb.deleteItem(delete ->
                delete.tableName(name)
                        .key(key(pk, sk))
                        .conditionExpression(LATEST)
                        .expressionAttributeValues(before(version))
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }

    /** A page, by sort key; what was put a moment ago may be missing. */
    public List<Map<String, AttributeValue>> page(String pk, String after, int limit) {
        // A sort key is never empty: a space comes before every name.
        var start = after.isEmpty() ? " " : after;
        return dynamoDb.query(query ->
                        query.tableName(name)
                                .keyConditionExpression("pk = :pk AND sk > :after")
                                .expressionAttributeValues(
                                        Map.of(":pk", fromS(pk), ":after", fromS(start)))
                                .limit(limit))
                .items();
    }

    /** The first, by sort key, as they are now. */
    public List<Map<String, AttributeValue>> first(String pk, int limit) {
        return dynamoDb.query(query ->
                        query.tableName(name)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(Map.of(":pk", fromS(pk)))
                                .consistentRead(true)
                                .limit(limit))
                .items();
    }

    /** How many there are; what was put a moment ago may be missing. */
    public long count(String pk) {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(name)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(Map.of(":pk", fromS(pk)))
                                .select(Select.COUNT))
                .stream()
                .mapToLong(QueryResponse::count)
                .sum();
    }

    private static Map<String, AttributeValue> before(long version) {
        return Map.of(":before", fromN(Long.toString(version)));
    }

    public static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", fromS(pk), "sk", fromS(sk));
    }

    public static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    public static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    public static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(number(item, name));
    }

    public static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .orElseThrow(() -> new IllegalStateException("An item has no " + name));
    }
}
