package io.millrace.systemtests;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What AWS does between a queue, a stream or a schedule and a function, until it is closed. */
final class EventSource implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventSource.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A receive's; longer than a function may take. */
    private static final int VISIBILITY_SECONDS = 25;

    @FunctionalInterface
    private interface Round {
        void run() throws InterruptedException;
    }

    private final Thread thread;
    private volatile boolean closed;

    private EventSource(String name, Duration pause, Round round) {
        this.thread =
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> {
                            while (!closed) {
                                try {
                                    round.run();
                                } catch (InterruptedException _) {
                                    return;
                                } catch (RuntimeException e) {
                                    log.warn("{}: {}", name, e.toString());
                                }
                                if (!isRested(pause)) {
                                    return;
                                }
                            }
                        });
    }

    private static boolean isRested(Duration pause) {
        try {
            Thread.sleep(pause.isZero() ? Duration.ofMillis(1) : pause);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    /** An event source mapping of a queue, with partial batch responses. */
    static EventSource queue(URI endpoint, String queue, int size, LambdaProcess function) {
        var sqs = configured(SqsClient.builder(), endpoint).build();
        var url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        return new EventSource(
                queue,
                Duration.ZERO,
                () -> {
                    var messages =
                            sqs.receiveMessage(request ->
                                            request.queueUrl(url)
                                                    .maxNumberOfMessages(Math.min(10, size))
                                                    .waitTimeSeconds(1)
                                                    .visibilityTimeout(VISIBILITY_SECONDS)
                                                    .messageSystemAttributeNames(
                                                            MessageSystemAttributeName.ALL)
                                                    .messageAttributeNames("All"))
                                    .messages();
                    if (messages.isEmpty()) {
                        return;
                    }
                    var answer = function.invoke(sqsEvent(queue, messages));
                    var failed =
                            answer.path("batchItemFailures")
                                    .valueStream()
                                    .map(each -> each.path("itemIdentifier").asString())
                                    .toList();
                    messages.stream()
                            .filter(message -> !failed.contains(message.messageId()))
                            .forEach(message ->
                                    sqs.deleteMessage(request ->
                                            request.queueUrl(url)
                                                    .receiptHandle(message.receiptHandle())));
                });
    }

    static ObjectNode sqsEvent(String queue, List<Message> messages) {
        var event = JSON.createObjectNode();
        var records = event.putArray("Records");
        for (var message : messages) {
            var item = records.addObject();
            item.put("messageId", message.messageId());
            item.put("receiptHandle", message.receiptHandle());
            item.put("body", message.body());
            var system = item.putObject("attributes");
            message.attributesAsStrings().forEach(system::put);
            var attributes = item.putObject("messageAttributes");
            message.messageAttributes()
                    .forEach((name, value) ->
                            attributes
                                    .putObject(name)
                                    .put("dataType", value.dataType())
                                    .put("stringValue", value.stringValue()));
            item.put("eventSource", "aws:sqs");
            item.put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:" + queue);
            item.put("awsRegion", "us-east-1");
        }
        return event;
    }

    /** An event source mapping of a table's stream, of which it reads one shard, from its start. */
    static EventSource stream(URI endpoint, String table, int size, LambdaProcess function) {
        var dynamoDb = configured(DynamoDbClient.builder(), endpoint).build();
        var streams = configured(DynamoDbStreamsClient.builder(), endpoint).build();
        var arn = dynamoDb.describeTable(r -> r.tableName(table)).table().latestStreamArn();
        var iterator = new String[1];
        var last = new String[1];
        return new EventSource(
                table,
                Duration.ofMillis(200),
                () -> {
                    var from = iterator[0] == null ? iterator(streams, arn, last[0]) : iterator[0];
                    // Kept only if it still is good: DynamoDB Local forgets those of empty shards.
                    iterator[0] = null;
                    var page = streams.getRecords(r -> r.shardIterator(from).limit(size));
                    if (!page.records().isEmpty()) {
                        var answer = function.invoke(streamEvent(arn, page.records()));
                        if (!answer.path("batchItemFailures").isEmpty()) {
                            return;
                        }
                        last[0] = page.records().getLast().dynamodb().sequenceNumber();
                    }
                    iterator[0] = page.nextShardIterator();
                });
    }

    private static String iterator(
            DynamoDbStreamsClient streams, String arn, @Nullable String after) {
        var shard =
                streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards().stream()
                        .map(Shard::shardId)
                        .reduce((_, last) -> last)
                        .orElseThrow(() -> new IllegalStateException("no shard yet"));
        return streams.getShardIterator(r ->
                        r.streamArn(arn)
                                .shardId(shard)
                                .sequenceNumber(after)
                                .shardIteratorType(
                                        after == null
                                                ? ShardIteratorType.TRIM_HORIZON
                                                : ShardIteratorType.AFTER_SEQUENCE_NUMBER))
                .shardIterator();
    }

    private static JsonNode streamEvent(String arn, List<Record> changes) {
        var event = JSON.createObjectNode();
        var records = event.putArray("Records");
        for (var change : changes) {
            var item = records.addObject();
            item.put("eventID", change.eventID());
            item.put("eventName", change.eventNameAsString());
            item.put("eventVersion", "1.1");
            item.put("eventSource", "aws:dynamodb");
            item.put("awsRegion", "us-east-1");
            item.put("eventSourceARN", arn);
            var what = item.putObject("dynamodb");
            what.put(
                    "ApproximateCreationDateTime",
                    change.dynamodb().approximateCreationDateTime().getEpochSecond());
            what.put("SequenceNumber", change.dynamodb().sequenceNumber());
            what.set("Keys", image(change.dynamodb().keys()));
            if (change.dynamodb().hasNewImage()) {
                what.set("NewImage", image(change.dynamodb().newImage()));
            }
            if (change.dynamodb().hasOldImage()) {
                what.set("OldImage", image(change.dynamodb().oldImage()));
            }
        }
        return event;
    }

    private static ObjectNode image(Map<String, AttributeValue> attributes) {
        var image = JSON.createObjectNode();
        attributes.forEach((name, value) -> image.set(name, value(value)));
        return image;
    }

    private static ObjectNode value(AttributeValue value) {
        var json = JSON.createObjectNode();
        return switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case BOOL -> json.put("BOOL", value.bool());
            case M -> json.set("M", image(value.m()));
            default -> throw new IllegalStateException("the tests write no " + value.type());
        };
    }

    /** A schedule that fires one time. */
    static EventSource once(JsonNode event, LambdaProcess function) {
        return new EventSource(
                "once",
                Duration.ofDays(1),
                () -> {
                    // EventBridge Scheduler delivers at least once: a second delivery does nothing.
                    function.invoke(event);
                    function.invoke(event);
                });
    }

    static EventSource every(Duration time, Supplier<JsonNode> event, LambdaProcess function) {
        return new EventSource("schedule", time, () -> function.invoke(event.get()));
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
