package io.millrace.streambinderaws.payload;

import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Payloads as objects. */
public final class S3PayloadStore implements PayloadStore {

    private final Supplier<S3Client> s3;

    /**
     * @param s3 asked for when a payload is too large for the first time
     */
    public S3PayloadStore(Supplier<S3Client> s3) {
        this.s3 = s3;
    }

    @Override
    public void put(PayloadReference place, String payload) {
        s3.get()
                .putObject(
                        request -> request.bucket(place.bucket()).key(place.key()),
                        RequestBody.fromString(payload));
    }

    @Override
    public String get(PayloadReference place) {
        return s3.get()
                .getObjectAsBytes(request -> request.bucket(place.bucket()).key(place.key()))
                .asUtf8String();
    }
}
