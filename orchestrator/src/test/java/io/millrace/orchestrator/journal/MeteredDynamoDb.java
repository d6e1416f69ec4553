package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.OrchestratorFixture;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** A journal in a table of its own, and what DynamoDB would bill for what is done to it. */
final class MeteredDynamoDb implements ExecutionInterceptor {

    private final DoubleAdder writes = new DoubleAdder();
    private final DoubleAdder reads = new DoubleAdder();

    /** Like the table of the orchestrator, which nobody polls. */
    Journal journal() {
        var endpoint = OrchestratorFixture.shared().cloud().endpoint();
        var dynamoDb =
                OrchestratorFixture.at(DynamoDbClient.builder(), endpoint)
                        .overrideConfiguration(override -> override.addExecutionInterceptor(this))
                        .build();
        var like = dynamoDb.describeTable(it -> it.tableName("millrace-executions")).table();
        var table = "metered-" + UUID.randomUUID();
        dynamoDb.createTable(create ->
                create.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(like.keySchema())
                        .attributeDefinitions(like.attributeDefinitions())
                        .globalSecondaryIndexes(
                                like.globalSecondaryIndexes().stream()
                                        .map(index ->
                                                GlobalSecondaryIndex.builder()
                                                        .indexName(index.indexName())
                                                        .keySchema(index.keySchema())
                                                        .projection(index.projection())
                                                        .build())
                                        .toList()));
        return new DynamoDbJournal(
                dynamoDb,
                table,
                new LargeData(
                        () -> {
                            throw new IllegalStateException("nothing is large here");
                        },
                        "results",
                        "executions/"),
                Duration.ofDays(90),
                // As for a process that another one has left the execution to.
                0);
    }

    double writes() {
        return writes.sum();
    }

    double reads() {
        return reads.sum();
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return switch (context.request()) {
            case PutItemRequest put ->
                    put.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
            case GetItemRequest get ->
                    get.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
            case SdkRequest other -> other;
        };
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.response() instanceof PutItemResponse put) {
            Optional.ofNullable(put.consumedCapacity())
                    .ifPresent(used -> writes.add(used.capacityUnits()));
        } else if (context.response() instanceof GetItemResponse get) {
            Optional.ofNullable(get.consumedCapacity())
                    .ifPresent(used -> reads.add(used.capacityUnits()));
        }
    }
}
