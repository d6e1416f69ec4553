package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsPlace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened to an object, written as S3 writes it (Amazon S3 User Guide, "Event
 * message structure", version 2.1).
 *
 * @param content size and ETag, of created objects
 */
record ObjectEvent(
        EventType type,
        String bucket,
        String key,
        Optional<Content> content,
        Optional<String> versionId,
        String sequencer,
        Instant time) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OWNER = "A3NL1KOZZKExample";

    /** What an object holds. */
    record Content(long size, String eTag) {}

    String json(String configurationId) {
        var document = JSON.createObjectNode();
        var event = document.putArray("Records").addObject();
        event.put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", AwsPlace.REGION)
                .put("eventTime", Timestamps.millis(time))
                .put("eventName", type.eventName());
        event.putObject("userIdentity").put("principalId", "AWS:" + AwsPlace.ACCOUNT);
        event.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
        event.putObject("responseElements")
                .put("x-amz-request-id", sequencer.substring(2))
                .put(
                        "x-amz-id-2",
                        UUID.nameUUIDFromBytes(sequencer.getBytes(StandardCharsets.US_ASCII))
                                .toString());
        describe(event.putObject("s3"), configurationId);
        return document.toString();
    }

    private void describe(ObjectNode s3, String configurationId) {
        s3.put("s3SchemaVersion", "1.0").put("configurationId", configurationId);
        var ofBucket = s3.putObject("bucket").put("name", bucket);
        ofBucket.putObject("ownerIdentity").put("principalId", OWNER);
        ofBucket.put("arn", "arn:aws:s3:::" + bucket);
        var object = s3.putObject("object").put("key", encoded(key));
        content.ifPresent(
                present -> object.put("size", present.size()).put("eTag", present.eTag()));
        versionId.ifPresent(id -> object.put("versionId", id));
        object.put("sequencer", sequencer);
    }

    /** Keys are URL-encoded as form values are: a space is a plus; slashes stay. */
    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    /** What S3 sends to a destination when it becomes one. */
    static String test(String bucket, Instant now) {
        return JSON.createObjectNode()
                .put("Service", "Amazon S3")
                .put("Event", "s3:TestEvent")
                .put("Time", Timestamps.millis(now))
                .put("Bucket", bucket)
                .put("RequestId", UUID.randomUUID().toString())
                .put("HostId", UUID.randomUUID().toString())
                .toString();
    }
}
