package io.millrace.imageprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskSucceeded;
import io.millrace.localcloud.LocalCloud;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The application between real queues and buckets. */
class ImageProcessorApplicationTests {

    private static final ResourceTemplate NAMES = ResourceTemplate.millrace("millrace-");
    private static final String UPLOADS = NAMES.name("UploadsBucket");

    /** Nothing listens to what is put here. */
    private static final String ELSEWHERE = NAMES.name("ResultsBucket");

    private static LocalCloud cloud;
    private static ConfigurableApplicationContext application;
    private static SqsAsyncClient sqs;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.builder().port(0).start();
        application =
                ImageProcessorApplication.builder()
                        .run(
                                "--AWS_ENDPOINT_URL=" + cloud.endpoint(),
                                "--server.port=0",
                                "--millrace.image.max-size=100KB");
        sqs = application.getBean(SqsAsyncClient.class);
        s3 = application.getBean(S3Client.class);
    }

    @AfterAll
    static void stop() {
        application.close();
        cloud.close();
    }

    @Test
    void anUploadAsksForOneExecution() throws Exception {
        put(UPLOADS, "holiday/a b+ü.jpg", jpeg());
        var event = read(receive("ExecutionsQueue"));
        var start = (StartExecution) event.data();
        assertThat(start.stateMachine()).isEqualTo("image");
        assertThat(start.name()).isEqualTo(EventIds.executionName(event.id()));
        assertThat(start.input().path("eventId").asString()).isEqualTo(event.id());
        assertThat(start.input().path("bucket").asString()).isEqualTo(UPLOADS);
        assertThat(start.input().path("key").asString()).isEqualTo("holiday/a b+ü.jpg");
        assertThat(start.input().path("size").asLong()).isEqualTo(jpeg().length);
    }

    @Test
    void whatIsNoNotificationIsWholeAmongTheFailures() {
        send("UploadsQueue", "no notification");
        assertThat(receive("FailuresQueue").body()).isEqualTo("no notification");
    }

    @Test
    void aRepeatedTaskRendersTheSameObjects() throws Exception {
        put(ELSEWHERE, "originals/photo.jpg", jpeg());
        var first = render(input("event/1", "originals/photo.jpg"), TaskSucceeded.class);
        var again = render(input("event/1", "originals/photo.jpg"), TaskSucceeded.class);
        assertThat(again.output()).isEqualTo(first.output());
        var renditions = first.output().path("renditions");
        assertThat(renditions.valueStream().map(each -> each.path("name").asString()))
                .containsExactly("large", "medium", "small", "thumbnail");
        for (var rendition : renditions) {
            var key = rendition.path("key").asString();
            assertThat(key).startsWith("images/" + EventIds.hash("event/1") + "/");
            var stored = s3.headObject(r -> r.bucket(rendition.path("bucket").asString()).key(key));
            assertThat(stored.contentLength()).isEqualTo(rendition.path("bytes").asLong());
            assertThat(stored.contentType()).isEqualTo(rendition.path("contentType").asString());
        }
    }

    @Test
    void whatIsNotThereFailsTheTask() {
        assertThat(render(input("event/2", "no/such.jpg"), TaskFailed.class).error())
                .isEqualTo("Image.NotFound");
        var noBucket = input("event/2", "no/such.jpg").put("bucket", "millrace-no-such-bucket");
        assertThat(render(noBucket, TaskFailed.class).error()).isEqualTo("Image.NotFound");
    }

    @Test
    void whatIsTooLongFailsTheTask() {
        put(ELSEWHERE, "originals/long.jpg", new byte[100 * 1024 + 1]);
        assertThat(render(input("event/3", "originals/long.jpg"), TaskFailed.class).error())
                .isEqualTo("Image.TooLarge");
    }

    @Test
    void whatIsNoImageFailsTheTask() {
        put(ELSEWHERE, "originals/text.jpg", new byte[50 * 1024]);
        assertThat(render(input("event/4", "originals/text.jpg"), TaskFailed.class).error())
                .isEqualTo("Image.UnsupportedType");
    }

    @Test
    void anInputWithoutAnEventFailsTheTask() {
        assertThat(render(input("", "originals/photo.jpg"), TaskFailed.class).error())
                .isEqualTo("Image.InvalidInput");
    }

    private static <T> T render(ObjectNode input, Class<T> result) {
        var task = new TaskRequest("token", "arn", "RenderImage", 0, input);
        var event = Event.of("task/1", URI.create("/tests"), Instant.EPOCH, task);
        send(
                "RenderImageTaskQueue",
                new String(new EventJson().write(event), StandardCharsets.UTF_8));
        return result.cast(read(receive("TaskResultsQueue")).data());
    }

    private static ObjectNode input(String eventId, String key) {
        return new JsonMapper()
                .createObjectNode()
                .put("eventId", eventId)
                .put("bucket", ELSEWHERE)
                .put("key", key);
    }

    private static byte[] jpeg() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        return out.toByteArray();
    }

    private static void put(String bucket, String key, byte[] content) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    private static void send(String queue, String body) {
        sqs.sendMessage(request -> request.queueUrl(url(queue)).messageBody(body)).join();
    }

    private static Event<?> read(Message message) {
        return new EventJson().read(message.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Message receive(String queue) {
        var received = new ArrayList<Message>();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    received.addAll(
                            sqs.receiveMessage(r -> r.queueUrl(url(queue))).join().messages());
                    return !received.isEmpty();
                });
        var message = received.getFirst();
        sqs.deleteMessage(r -> r.queueUrl(url(queue)).receiptHandle(message.receiptHandle()))
                .join();
        return message;
    }

    private static String url(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(NAMES.name(queue))).join().queueUrl();
    }
}
