package io.millrace.transformload.aws;

import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Results;
import io.millrace.transformload.result.Stored;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results as items, put on the condition that their id is new. */
public final class DynamoDbResults implements Results {

    private static final JsonMapper JSON = new JsonMapper();

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final ItemLimits limits;
    private final InstantSource clock;

    /**
     * @param maxDocument documents that would take more of an item lie in the archive only
     */
    public DynamoDbResults(
            DynamoDbClient dynamoDb, String table, DataSize maxDocument, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.limits = new ItemLimits(maxDocument);
        this.clock = clock;
    }

    @Override
    public Stored putIfAbsent(Stored stored) {
        var item = item(stored);
        try {
            dynamoDb.putItem(request ->
                    request.tableName(table)
                            .item(item)
                            .conditionExpression("attribute_not_exists(id)")
                            // What is there comes with the refusal, without a request of its own.
                            .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return stored;
        } catch (ConditionalCheckFailedException refusal) {
            return first(refusal.item(), stored);
        }
    }

    @Override
    public Stored move(Stored from, Location to) {
        try {
            dynamoDb.updateItem(request ->
                    request.tableName(table)
                            .key(Map.of("id", AttributeValue.fromS(from.result().id())))
                            .updateExpression("SET #archive = :to")
                            .conditionExpression("#archive = :from")
                            .expressionAttributeNames(Map.of("#archive", "archive"))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":from",
                                            AttributeValue.fromS(from.archived().address()),
                                            ":to",
                                            AttributeValue.fromS(to.address())))
                            .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Stored(from.result(), to);
        } catch (ConditionalCheckFailedException refusal) {
            return first(refusal.item(), from);
        }
    }

    private Map<String, AttributeValue> item(Stored stored) {
        var result = stored.result();
        var item = new HashMap<String, AttributeValue>();
        item.put("id", AttributeValue.fromS(result.id()));
        item.put("kind", AttributeValue.fromS(result.kind()));
        item.put("time", AttributeValue.fromS(result.time().toString()));
        item.put("storedAt", AttributeValue.fromS(clock.instant().toString()));
        item.put("archive", AttributeValue.fromS(stored.archived().address()));
        if (limits.allow(result.document())) {
            var document = EnhancedDocument.fromJson(result.document().toString());
            item.put("document", AttributeValue.fromM(document.toMap()));
        }
        return item;
    }

    private static Stored first(Map<String, AttributeValue> item, Stored repeated) {
        var result = repeated.result();
        var document = item.get("document");
        return new Stored(
                new Result(
                        result.id(),
                        text(item, "kind").orElse(result.kind()),
                        text(item, "time").map(Instant::parse).orElse(result.time()),
                        document == null ? result.document() : document(document.m())),
                text(item, "archive").map(Location::parse).orElse(repeated.archived()));
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    private static ObjectNode document(Map<String, AttributeValue> attributes) {
        var json = EnhancedDocument.fromAttributeValueMap(attributes).toJson();
        return JSON.readValue(json, ObjectNode.class);
    }
}
