package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** An {@code AWS::DynamoDB::Table} as requests to DynamoDB. */
record TableDeclaration(CreateTableRequest table, Optional<TimeToLiveSpecification> timeToLive)
        implements Declaration {

    static TableDeclaration of(Resource resource) {
        var declared = Declared.of(resource);
        var table =
                CreateTableRequest.builder()
                        .tableName(declared.required("TableName"))
                        .keySchema(keys(declared))
                        .attributeDefinitions(attributes(declared));
        var globals = globalIndexes(declared);
        if (!globals.isEmpty()) {
            table.globalSecondaryIndexes(globals);
        }
        var locals = localIndexes(declared);
        if (!locals.isEmpty()) {
            table.localSecondaryIndexes(locals);
        }
        var billing = declared.text("BillingMode").orElse(BillingMode.PROVISIONED.toString());
        table.billingMode(billing);
        throughput(declared).ifPresent(table::provisionedThroughput);
        stream(declared).ifPresent(table::streamSpecification);
        var timeToLive = timeToLive(declared);
        // About cost, safety and other regions: nothing of it can be seen here.
        declared.ignore(
                "Tags",
                "TableClass",
                "SSESpecification",
                "PointInTimeRecoverySpecification",
                "DeletionProtectionEnabled",
                "ContributorInsightsSpecification",
                "OnDemandThroughput");
        declared.complete();
        return new TableDeclaration(table.build(), timeToLive);
    }

    private static List<KeySchemaElement> keys(Declared declared) {
        return declared.parts("KeySchema").stream()
                .map(key -> {
                    var element =
                            KeySchemaElement.builder()
                                    .attributeName(key.required("AttributeName"))
                                    .keyType(key.required("KeyType"))
                                    .build();
                    key.complete();
                    return element;
                })
                .toList();
    }

    private static List<AttributeDefinition> attributes(Declared declared) {
        return declared.parts("AttributeDefinitions").stream()
                .map(attribute -> {
                    var definition =
                            AttributeDefinition.builder()
                                    .attributeName(attribute.required("AttributeName"))
                                    .attributeType(attribute.required("AttributeType"))
                                    .build();
                    attribute.complete();
                    return definition;
                })
                .toList();
    }

    private static List<GlobalSecondaryIndex> globalIndexes(Declared declared) {
        return declared.parts("GlobalSecondaryIndexes").stream()
                .map(index -> {
                    var global =
                            GlobalSecondaryIndex.builder()
                                    .indexName(index.required("IndexName"))
                                    .keySchema(keys(index))
                                    .projection(projection(index));
                    throughput(index).ifPresent(global::provisionedThroughput);
                    index.ignore("ContributorInsightsSpecification", "OnDemandThroughput");
                    index.complete();
                    return global.build();
                })
                .toList();
    }

    private static List<LocalSecondaryIndex> localIndexes(Declared declared) {
        return declared.parts("LocalSecondaryIndexes").stream()
                .map(index -> {
                    var local =
                            LocalSecondaryIndex.builder()
                                    .indexName(index.required("IndexName"))
                                    .keySchema(keys(index))
                                    .projection(projection(index))
                                    .build();
                    index.complete();
                    return local;
                })
                .toList();
    }

    private static Projection projection(Declared index) {
        var part = index.part("Projection").orElseThrow(() -> index.problem("needs a Projection"));
        var projection = Projection.builder().projectionType(part.required("ProjectionType"));
        part.get("NonKeyAttributes")
                .ifPresent(names ->
                        projection.nonKeyAttributes(
                                ((List<?>) names).stream().map(String::valueOf).toList()));
        part.complete();
        return projection.build();
    }

    private static Optional<ProvisionedThroughput> throughput(Declared declared) {
        return declared.part("ProvisionedThroughput")
                .map(units -> {
                    var throughput =
                            ProvisionedThroughput.builder()
                                    .readCapacityUnits(
                                            Long.valueOf(units.required("ReadCapacityUnits")))
                                    .writeCapacityUnits(
                                            Long.valueOf(units.required("WriteCapacityUnits")))
                                    .build();
                    units.complete();
                    return throughput;
                });
    }

    private static Optional<StreamSpecification> stream(Declared declared) {
        return declared.part("StreamSpecification")
                .map(part -> {
                    var stream =
                            StreamSpecification.builder()
                                    .streamEnabled(true)
                                    .streamViewType(part.required("StreamViewType"))
                                    .build();
                    part.complete();
                    return stream;
                });
    }

    private static Optional<TimeToLiveSpecification> timeToLive(Declared declared) {
        return declared.part("TimeToLiveSpecification")
                .map(part -> {
                    var specification =
                            TimeToLiveSpecification.builder()
                                    .attributeName(part.required("AttributeName"))
                                    .enabled(Boolean.valueOf(part.required("Enabled")))
                                    .build();
                    part.complete();
                    return specification;
                });
    }
}
