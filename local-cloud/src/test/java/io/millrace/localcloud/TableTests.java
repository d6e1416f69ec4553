package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableTests {

    private final DynamoDbClient dynamoDb = clients().dynamoDb();

    @Test
    void tablesOfTheTemplateHaveTheirIndexesAndTimeToLive() {
        var table =
                dynamoDb.describeTable(request -> request.tableName("millrace-executions")).table();
        assertThat(table.globalSecondaryIndexes())
                .extracting(GlobalSecondaryIndexDescription::indexName)
                .containsExactlyInAnyOrder("due", "list");
        var timeToLive =
                dynamoDb.describeTimeToLive(request -> request.tableName("millrace-executions"))
                        .timeToLiveDescription();
        assertThat(timeToLive.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(timeToLive.attributeName()).isEqualTo("expiresAt");
    }

    @Test
    void aSecondConditionalPutFails() {
        var item = Map.of("id", AttributeValue.fromS(UUID.randomUUID().toString()));
        dynamoDb.putItem(request ->
                request.tableName("millrace-results")
                        .item(item)
                        .conditionExpression("attribute_not_exists(id)"));
        assertThatThrownBy(() ->
                        dynamoDb.putItem(request ->
                                request.tableName("millrace-results")
                                        .item(item)
                                        .conditionExpression("attribute_not_exists(id)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void changesAppearInTheTablesStream() {
        var key = UUID.randomUUID().toString();
        dynamoDb.putItem(request ->
                request.tableName("millrace-records")
                        .item(
                                Map.of(
                                        "pk",
                                        AttributeValue.fromS(key),
                                        "sk",
                                        AttributeValue.fromS("1"))));
        var table =
                dynamoDb.describeTable(request -> request.tableName("millrace-records")).table();
        assertThat(table.streamSpecification().streamViewType())
                .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        var streams = clients().streams();
        var stream =
                streams.describeStream(request -> request.streamArn(table.latestStreamArn()))
                        .streamDescription();
        var iterator =
                streams.getShardIterator(request ->
                                request.streamArn(stream.streamArn())
                                        .shardId(stream.shards().getFirst().shardId())
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        assertThat(streams.getRecords(request -> request.shardIterator(iterator)).records())
                .anyMatch(record -> record.dynamodb().keys().get("pk").s().equals(key));
    }
}
