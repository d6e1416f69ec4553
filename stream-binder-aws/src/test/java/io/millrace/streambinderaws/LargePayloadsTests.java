package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streambinderaws.BinderApplicationTests.App;
import io.millrace.streambinderaws.payload.PayloadReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Payloads that go through a bucket, in the form of Amazon's extended client libraries. */
class LargePayloadsTests {

    private static final String LARGE = "🦔".repeat(70_000);

    @RegisterExtension private final Applications applications = new Applications();
    private final String name = "large-" + UUID.randomUUID();
    private final BlockingQueue<Message<byte[]>> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void createBucket() {
        Cloud.S3.createBucket(request -> request.bucket(name));
    }

    @Test
    void theHandlerGetsThePayloadAndTheQueueAReferenceToIt() throws Exception {
        App.handler = seen::add;
        bridge(name)
                .send(
                        "sent-out-0",
                        MessageBuilder.withPayload(LARGE).setHeader("kind", "large").build());
        var message = seen.poll(10, TimeUnit.SECONDS);
        assertThat(text(message)).isEqualTo(LARGE);
        assertThat(message.getHeaders())
                .containsEntry("kind", "large")
                .doesNotContainKey(PayloadReference.SIZE_ATTRIBUTE);
        assertThat(objects()).singleElement().asString().startsWith("payloads/");
    }

    @Test
    void aTopicsSubscriberGetsThePayloadToo() throws Exception {
        App.handler = seen::add;
        bridge(
                        name,
                        "spring.cloud.stream.aws.default.consumer.destination-type=topic",
                        "spring.cloud.stream.aws.default.producer.destination-type=topic")
                .send("sent-out-0", LARGE);
        assertThat(text(seen.poll(10, TimeUnit.SECONDS))).isEqualTo(LARGE);
    }

    @Test
    void whatIsSentTwiceIsOneObject() throws Exception {
        App.handler = seen::add;
        var bridge = bridge(name);
        bridge.send("sent-out-0", LARGE);
        bridge.send("sent-out-0", LARGE);
        assertThat(text(seen.poll(10, TimeUnit.SECONDS))).isEqualTo(LARGE);
        assertThat(text(seen.poll(10, TimeUnit.SECONDS))).isEqualTo(LARGE);
        assertThat(objects()).hasSize(1);
    }

    @Test
    void whatFitsIsSentAsItIs() throws Exception {
        App.handler = seen::add;
        bridge(name).send("sent-out-0", "small");
        assertThat(text(seen.poll(10, TimeUnit.SECONDS))).isEqualTo("small");
        assertThat(objects()).isEmpty();
    }

    @Test
    void theMessageIsWhatAmazonsOwnClientWrites() {
        Cloud.createWithDeadLetters(name, 3);
        bridge("", "spring.cloud.function.definition=").send("sent-out-0", LARGE);
        var message = Cloud.take(name);
        assertThat(message.body())
                .isEqualTo(
                        "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"%s\",\"s3Key\":\"%s\"}]"
                                .formatted(name, objects().getFirst()));
        var size = message.messageAttributes().get("ExtendedPayloadSize");
        assertThat(size.dataType()).isEqualTo("Number");
        assertThat(size.stringValue()).isEqualTo("280000");
    }

    @Test
    void theDeadLetterIsTheReferenceWithItsAttribute() {
        Cloud.createWithDeadLetters(name, 1);
        App.handler =
                _ -> {
                    throw new IllegalStateException("no");
                };
        var message = MessageBuilder.withPayload(LARGE);
        for (var number = 0; number < 8; number++) {
            message.setHeader("header" + number, "value");
        }
        bridge(name).send("sent-out-0", message.build());
        var letter = Cloud.take(name + "-dlq");
        assertThat(PayloadReference.parse(letter.body()))
                .contains(new PayloadReference(name, objects().getFirst()));
        assertThat(letter.messageAttributes())
                .containsKeys("ExtendedPayloadSize", "x-exception-message");
    }

    @Test
    void aReferenceToAnotherBucketIsNotFollowed() throws Exception {
        App.handler = seen::add;
        bridge(name);
        var foreign = new PayloadReference("secrets", "key").body();
        Cloud.send(name, foreign);
        assertThat(text(seen.poll(10, TimeUnit.SECONDS))).isEqualTo(foreign);
    }

    @Test
    void anInvokedFunctionGetsThePayloadToo() {
        Cloud.createWithDeadLetters(name, 3);
        App.handler = seen::add;
        var binder = pushed("handle");
        Cloud.S3.putObject(
                request -> request.bucket(name).key("k"),
                software.amazon.awssdk.core.sync.RequestBody.fromString(LARGE));
        assertThat(binder.deliver(name, List.of(received("k")))).isEmpty();
        assertThat(text(seen.poll())).isEqualTo(LARGE);
    }

    @Test
    void onlyThoseOfABatchComeBackWhosePayloadIsNotThere() {
        Cloud.createWithDeadLetters(name, 3);
        var batches = new ArrayList<List<byte[]>>();
        App.batchHandler = batches::add;
        var binder = pushed("handleAll");
        Cloud.S3.putObject(
                request -> request.bucket(name).key("k"),
                software.amazon.awssdk.core.sync.RequestBody.fromString(LARGE));
        var gone = received("gone");
        assertThat(binder.deliver(name, List.of(gone, received("k"))))
                .containsExactly(gone.messageId());
        assertThat(batches)
                .singleElement()
                .satisfies(batch ->
                        assertThat(batch).containsExactly(LARGE.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void withoutRoomForItsAttributeAReferenceIsRefused() {
        var message = MessageBuilder.withPayload(LARGE);
        // With the content type it is ten.
        for (var number = 0; number < 9; number++) {
            message.setHeader("header" + number, "value");
        }
        assertThatThrownBy(() -> bridge(name).send("sent-out-0", message.build()))
                .hasStackTraceContaining("at most 9 attributes")
                .hasStackTraceContaining("header7");
        assertThat(objects()).isEmpty();
    }

    private AwsMessageBinder pushed(String function) {
        return application(
                        name,
                        "spring.cloud.function.definition=" + function,
                        "spring.cloud.stream.default.consumer.auto-startup=false",
                        "spring.cloud.stream.default.consumer.batch-mode="
                                + function.equals("handleAll"),
                        "spring.cloud.stream.bindings.%s-in-0.destination=%s"
                                .formatted(function, name))
                .getBean(AwsMessageBinder.class);
    }

    private StreamBridge bridge(String input, String... properties) {
        return application(input, properties).getBean(StreamBridge.class);
    }

    private org.springframework.context.ConfigurableApplicationContext application(
            String input, String... properties) {
        var all = new ArrayList<String>();
        all.add("spring.cloud.function.definition=handle");
        all.addAll(List.of(properties));
        all.add("spring.cloud.stream.output-bindings=sent-out-0");
        all.add("spring.cloud.stream.bindings.sent-out-0.destination=" + name);
        all.add("spring.cloud.stream.bindings.handle-in-0.group=group");
        all.add("spring.cloud.stream.bindings.handle-in-0.destination=" + input);
        all.add("spring.cloud.stream.aws.default.producer.large-payload-bucket=" + name);
        all.add("spring.cloud.stream.aws.default.consumer.large-payload-bucket=" + name);
        return applications.start(all.toArray(String[]::new));
    }

    private software.amazon.awssdk.services.sqs.model.Message received(String key) {
        var attributes = new HashMap<String, MessageAttributeValue>();
        attributes.put(
                "ExtendedPayloadSize",
                MessageAttributeValue.builder().dataType("Number").stringValue("1").build());
        return software.amazon.awssdk.services.sqs.model.Message.builder()
                .messageId(UUID.randomUUID().toString())
                .receiptHandle("a handle")
                .body(new PayloadReference(name, key).body())
                .messageAttributes(attributes)
                .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"))
                .build();
    }

    private List<String> objects() {
        return Cloud.S3.listObjectsV2(request -> request.bucket(name)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static String text(Message<byte[]> message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }
}
