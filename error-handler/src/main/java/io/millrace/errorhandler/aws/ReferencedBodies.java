package io.millrace.errorhandler.aws;

import io.millrace.streambinderaws.payload.PayloadReference;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.payload.S3PayloadStore;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The bodies that messages refer to, as large ones do. */
public final class ReferencedBodies implements UnaryOperator<String> {

    private final PayloadStore payloads;
    private final String bucket;

    /**
     * @param bucket the only one that references are followed to
     */
    public ReferencedBodies(S3Client s3, String bucket) {
        this.payloads = new S3PayloadStore(() -> s3);
        this.bucket = bucket;
    }

    /** What a body refers to; the body itself if it refers to nothing, or nothing lies there. */
    @Override
    public String apply(String body) {
        return PayloadReference.parse(body)
                .filter(place -> place.bucket().equals(bucket))
                .map(place -> read(place, body))
                .orElse(body);
    }

    private String read(PayloadReference place, String body) {
        try {
            return payloads.get(place);
        } catch (NoSuchKeyException _) {
            // A failure without its payload is a failure all the same.
            return body;
        }
    }
}
