package io.millrace.transformload.aws;

import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Results;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Results as items, put on the condition that their id is new. */
public final class DynamoDbResults implements Results {

    private static final Logger log = LoggerFactory.getLogger(DynamoDbResults.class);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final DataSize maxDocument;

    public DynamoDbResults(DynamoDbClient dynamoDb, String table, DataSize maxDocument) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.maxDocument = maxDocument;
    }

    @Override
    public void putIfAbsent(Result result, Location archived) {
        var item = item(result, archived);
        try {
            dynamoDb.putItem(request ->
                    request.tableName(table)
                            .item(item)
                            .conditionExpression("attribute_not_exists(id)"));
        } catch (ConditionalCheckFailedException _) {
            log.debug("{} is there already", result.id());
        }
    }

    private Map<String, AttributeValue> item(Result result, Location archived) {
        var item = new HashMap<String, AttributeValue>();
        item.put("id", AttributeValue.fromS(result.id()));
        item.put("kind", AttributeValue.fromS(result.kind()));
        item.put("time", AttributeValue.fromS(result.time().toString()));
        item.put(
                "archive",
                AttributeValue.fromS("s3://%s/%s".formatted(archived.bucket(), archived.key())));
        var json = result.document().toString();
        // Twice the characters is more than their UTF-8 bytes and attribute overhead as a rule.
        if (json.length() * 2L <= maxDocument.toBytes()) {
            item.put("document", AttributeValue.fromM(EnhancedDocument.fromJson(json).toMap()));
        }
        return item;
    }
}
