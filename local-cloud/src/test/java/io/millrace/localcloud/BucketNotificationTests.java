package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static io.millrace.localcloud.SharedCloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3KeyFilter;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BucketNotificationTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final S3Client s3 = clients().s3();
    private final String bucket = "notify-" + UUID.randomUUID();
    private final TestQueue queue = TestQueue.create();

    @BeforeEach
    void notifyTheQueue() {
        s3.createBucket(request -> request.bucket(bucket));
        configure(
                NotificationConfiguration.builder()
                        .queueConfigurations(
                                QueueConfiguration.builder()
                                        .id("all")
                                        .queueArn(queue.arn())
                                        .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
                                        .build())
                        .build());
        var test = JSON.readTree(queue.receiveOne().body());
        assertThat(test.path("Event").asString()).isEqualTo("s3:TestEvent");
        assertThat(test.path("Bucket").asString()).isEqualTo(bucket);
    }

    @Test
    void aPutIsToldAsS3TellsIt() {
        var eTag = put("a b/ü+1.jpg");
        var records = JSON.readTree(queue.receiveOne().body()).path("Records");
        assertThat(records.size()).isEqualTo(1);
        var event = records.path(0);
        assertThat(event.propertyNames())
                .containsExactly(
                        "eventVersion",
                        "eventSource",
                        "awsRegion",
                        "eventTime",
                        "eventName",
                        "userIdentity",
                        "requestParameters",
                        "responseElements",
                        "s3");
        assertThat(event.path("eventVersion").asString()).isEqualTo("2.1");
        assertThat(event.path("eventName").asString()).isEqualTo("ObjectCreated:Put");
        assertThat(event.at("/s3/configurationId").asString()).isEqualTo("all");
        assertThat(event.at("/s3/bucket/arn").asString()).isEqualTo("arn:aws:s3:::" + bucket);
        assertThat(event.at("/s3/object/key").asString()).isEqualTo("a+b/%C3%BC%2B1.jpg");
        assertThat(event.at("/s3/object/size").asInt()).isEqualTo(7);
        assertThat("\"" + event.at("/s3/object/eTag").asString() + "\"").isEqualTo(eTag);
        assertThat(event.at("/s3/object/sequencer").asString()).matches("[0-9A-F]{18}");
    }

    @Test
    void laterEventsHaveGreaterSequencers() {
        for (var i = 0; i < 5; i++) {
            put("same");
        }
        var sequencers =
                events().stream()
                        .map(event -> event.at("/s3/object/sequencer").asString())
                        .toList();
        assertThat(sequencers).hasSize(5).doesNotHaveDuplicates();
        assertThat(sequencers.stream().sorted().toList()).isEqualTo(sequencers);
    }

    @Test
    void copiesPartsAndFormsHaveTheirOwnNames() throws Exception {
        put("one");
        s3.copyObject(request ->
                request.sourceBucket(bucket)
                        .sourceKey("one")
                        .destinationBucket(bucket)
                        .destinationKey("two"));
        uploadInParts("three");
        postForm("four");
        assertThat(events())
                .extracting(
                        event -> event.path("eventName").asString(),
                        event -> event.at("/s3/object/key").asString())
                .containsExactlyInAnyOrder(
                        tuple("ObjectCreated:Put", "one"),
                        tuple("ObjectCreated:Copy", "two"),
                        tuple("ObjectCreated:CompleteMultipartUpload", "three"),
                        tuple("ObjectCreated:Post", "four"));
    }

    @Test
    void removalsAreToldOneByOne() {
        put("one");
        put("two");
        put("three");
        queue.receive(5);
        s3.deleteObject(request -> request.bucket(bucket).key("one"));
        s3.deleteObjects(request ->
                request.bucket(bucket)
                        .delete(keys ->
                                keys.objects(
                                        ObjectIdentifier.builder().key("two").build(),
                                        ObjectIdentifier.builder().key("three").build())));
        var events = events();
        assertThat(events)
                .extracting(event -> event.path("eventName").asString())
                .containsOnly("ObjectRemoved:Delete");
        assertThat(events)
                .extracting(event -> event.at("/s3/object/key").asString())
                .containsExactlyInAnyOrder("one", "two", "three");
        assertThat(events).noneMatch(event -> event.at("/s3/object").has("size"));
    }

    @Test
    void prefixAndSuffixChooseAndTopicsAreToldToo() {
        var topic =
                clients()
                        .sns()
                        .createTopic(request -> request.name("s3-" + UUID.randomUUID()))
                        .topicArn();
        clients()
                .sns()
                .subscribe(
                        request -> request.topicArn(topic).protocol("sqs").endpoint(queue.arn()));
        var keys =
                S3KeyFilter.builder()
                        .filterRules(
                                rule(FilterRuleName.PREFIX, "in/"),
                                rule(FilterRuleName.SUFFIX, ".jpg"))
                        .build();
        configure(
                NotificationConfiguration.builder()
                        .topicConfigurations(
                                TopicConfiguration.builder()
                                        .topicArn(topic)
                                        .events(Event.S3_OBJECT_CREATED_PUT)
                                        .filter(filter -> filter.key(keys))
                                        .build())
                        .build());
        queue.receive(5);
        put("in/a.txt");
        put("a.jpg");
        put("in/b.jpg");
        var envelope = JSON.readTree(queue.receiveOne().body());
        assertThat(envelope.path("Subject").asString()).isEqualTo("Amazon S3 Notification");
        assertThat(
                        JSON.readTree(envelope.path("Message").asString())
                                .at("/Records/0/s3/object/key")
                                .asString())
                .isEqualTo("in/b.jpg");
    }

    @Test
    void theConfigurationComesBackAsItWasPut() {
        var wishes =
                s3.getBucketNotificationConfiguration(request -> request.bucket(bucket))
                        .queueConfigurations();
        assertThat(wishes).hasSize(1);
        assertThat(wishes.getFirst().id()).isEqualTo("all");
        assertThat(wishes.getFirst().events())
                .containsExactly(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED);
    }

    @Test
    void aDestinationThatIsNotThereIsRefused() {
        var missing =
                NotificationConfiguration.builder()
                        .queueConfigurations(
                                QueueConfiguration.builder()
                                        .queueArn(queue.arn() + "x")
                                        .events(Event.S3_OBJECT_CREATED)
                                        .build())
                        .build();
        assertThatThrownBy(() -> configure(missing))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Unable to validate the following destination");
    }

    private void configure(NotificationConfiguration configuration) {
        s3.putBucketNotificationConfiguration(
                request -> request.bucket(bucket).notificationConfiguration(configuration));
    }

    private String put(String key) {
        return s3.putObject(
                        request -> request.bucket(bucket).key(key),
                        RequestBody.fromString("content"))
                .eTag();
    }

    private void uploadInParts(String key) {
        var upload =
                s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
        var part =
                s3.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                        RequestBody.fromString("content"));
        s3.completeMultipartUpload(request ->
                request.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(done ->
                                done.parts(
                                        CompletedPart.builder()
                                                .partNumber(1)
                                                .eTag(part.eTag())
                                                .build())));
    }

    private void postForm(String key) throws Exception {
        var form =
                """
                --X\r
                Content-Disposition: form-data; name="key"\r
                \r
                %s\r
                --X\r
                Content-Disposition: form-data; name="file"; filename="f"\r
                \r
                content\r
                --X--\r
                """
                        .formatted(key);
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(cloud().endpoint() + "/" + bucket))
                                    .header("Content-Type", "multipart/form-data; boundary=X")
                                    .POST(BodyPublishers.ofString(form))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        }
    }

    private List<JsonNode> events() {
        var events = new ArrayList<JsonNode>();
        queue.receive(5)
                .forEach(message ->
                        JSON.readTree(message.body()).path("Records").forEach(events::add));
        return events;
    }

    private static FilterRule rule(FilterRuleName name, String value) {
        return FilterRule.builder().name(name).value(value).build();
    }
}
