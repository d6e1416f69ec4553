package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.OrchestratorFixture;
import java.net.URI;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables for tasks to write to. */
final class Tables {

    private Tables() {}

    /** A new table whose key is {@code id}, a text. */
    static String create(URI endpoint) {
        var name = "t-" + UUID.randomUUID();
        try (var dynamoDb = OrchestratorFixture.at(DynamoDbClient.builder(), endpoint).build()) {
            dynamoDb.createTable(r ->
                    r.tableName(name)
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .attributeDefinitions(
                                    AttributeDefinition.builder()
                                            .attributeName("id")
                                            .attributeType(ScalarAttributeType.S)
                                            .build())
                            .keySchema(
                                    KeySchemaElement.builder()
                                            .attributeName("id")
                                            .keyType(KeyType.HASH)
                                            .build()));
        }
        return name;
    }
}
