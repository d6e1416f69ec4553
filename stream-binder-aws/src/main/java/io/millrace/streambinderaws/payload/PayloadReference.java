package io.millrace.streambinderaws.payload;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the payload of a message lies, as Amazon's extended client libraries for SQS and SNS write
 * and read it (github.com/awslabs/payload-offloading-java-common-lib-for-aws).
 *
 * @param bucket the bucket's name
 * @param key the object's key
 */
public record PayloadReference(String bucket, String key) {

    /** The attribute with the payload's length in bytes, by which Amazon's client knows it. */
    public static final String SIZE_ATTRIBUTE = "ExtendedPayloadSize";

    private static final String TYPE = "software.amazon.payloadoffloading.PayloadS3Pointer";
    private static final String BUCKET = "s3BucketName";
    private static final String KEY = "s3Key";
    private static final String BEGIN = "[\"" + TYPE + "\"";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The reference that a message's body is, if it is one. Its attribute is not asked for: a body
     * that was moved or replayed may have lost it.
     */
    public static Optional<PayloadReference> parse(String body) {
        if (!body.startsWith(BEGIN)) {
            return Optional.empty();
        }
        try {
            var place = JSON.readTree(body).path(1);
            return place.path(BUCKET).isString() && place.path(KEY).isString()
                    ? Optional.of(
                            new PayloadReference(
                                    place.path(BUCKET).stringValue(),
                                    place.path(KEY).stringValue()))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** The body of a message that refers to it. */
    public String body() {
        return JSON.createArrayNode()
                .add(TYPE)
                .add(JSON.createObjectNode().put(BUCKET, bucket).put(KEY, key))
                .toString();
    }

    @Override
    public String toString() {
        return "s3://%s/%s".formatted(bucket, key);
    }
}
