package io.millrace.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.model.Message;

/** With a data directory, what a client was told is done stays done, whatever the process meets. */
class KillTests {

    private static final int WRITES = 20;
    private static final Path ORDERS =
            Path.of("src/test/resources/io/millrace/localcloud/junit/orders.yaml");
    private static final String TABLE = "orders";
    private static final String BUCKET = "order-files";

    @TempDir private Path dataDir;
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final CountDownLatch enough = new CountDownLatch(4 * WRITES);

    @Test
    void nothingThatWasAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        writeUntilItIsKilled();

        var again = CloudProcess.start(dataDir, ORDERS);
        try {
            var clients = Clients.of(again.endpoint());
            assertThat(messages(clients)).containsAll(acknowledged("message"));
            assertThat(items(clients)).containsAll(acknowledged("item"));
            assertThat(objects(clients)).containsAll(acknowledged("object"));
            assertThat(topics(clients)).containsAll(acknowledged("topic"));
        } finally {
            again.kill();
        }
    }

    private void writeUntilItIsKilled() throws Exception {
        var cloud = CloudProcess.start(dataDir, ORDERS);
        try {
            var clients = Clients.of(cloud.endpoint());
            var url = queue(clients);
            keepWriting(
                    "message",
                    id ->
                            clients.sqs()
                                    .sendMessage(request -> request.queueUrl(url).messageBody(id)));
            keepWriting(
                    "item",
                    id ->
                            clients.dynamoDb()
                                    .putItem(request ->
                                            request.tableName(TABLE)
                                                    .item(Map.of("id", AttributeValue.fromS(id)))));
            keepWriting(
                    "object",
                    id ->
                            clients.s3()
                                    .putObject(
                                            request -> request.bucket(BUCKET).key(id),
                                            RequestBody.fromString(id)));
            keepWriting("topic", id -> clients.sns().createTopic(request -> request.name(id)));
            assertThat(enough.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            cloud.kill();
        }
    }

    private void keepWriting(String kind, Consumer<String> write) {
        var ids = ConcurrentHashMap.<String>newKeySet();
        acknowledged.put(kind, ids);
        Thread.startVirtualThread(() -> {
            try {
                for (var i = 0; ; i++) {
                    var id = kind + "-" + i;
                    write.accept(id);
                    ids.add(id);
                    if (i < WRITES) {
                        enough.countDown();
                    }
                }
            } catch (SdkException killed) {
                // What is not acknowledged may be there or not.
            }
        });
    }

    private Set<String> acknowledged(String kind) {
        return acknowledged.getOrDefault(kind, Set.of());
    }

    private static String queue(Clients clients) {
        return clients.sqs().getQueueUrl(request -> request.queueName("order-events")).queueUrl();
    }

    private static Set<String> messages(Clients clients) {
        var bodies = new HashSet<String>();
        while (true) {
            var page =
                    clients.sqs()
                            .receiveMessage(request ->
                                    request.queueUrl(queue(clients)).maxNumberOfMessages(10))
                            .messages();
            if (page.isEmpty()) {
                return bodies;
            }
            page.stream().map(Message::body).forEach(bodies::add);
        }
    }

    private static Set<String> items(Clients clients) {
        return clients
                .dynamoDb()
                .scanPaginator(request -> request.tableName(TABLE))
                .items()
                .stream()
                .map(item -> item.get("id").s())
                .collect(Collectors.toSet());
    }

    private static Set<String> objects(Clients clients) {
        return clients
                .s3()
                .listObjectsV2Paginator(request -> request.bucket(BUCKET))
                .contents()
                .stream()
                .map(S3Object::key)
                .collect(Collectors.toSet());
    }

    private static Set<String> topics(Clients clients) {
        return clients.sns().listTopicsPaginator().topics().stream()
                .map(Topic::topicArn)
                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                .collect(Collectors.toSet());
    }
}
