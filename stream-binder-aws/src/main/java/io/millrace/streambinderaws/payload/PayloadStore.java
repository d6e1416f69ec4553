package io.millrace.streambinderaws.payload;

/** Keeps payloads that are too large for a message. */
public interface PayloadStore {

    /** Puts a payload there; once more changes nothing. */
    void put(PayloadReference place, String payload);

    /**
     * What lies there.
     *
     * @throws RuntimeException if nothing does, or it cannot be had
     */
    String get(PayloadReference place);

    /** What a binding has that needs no store, or whose application has none. */
    static PayloadStore missing() {
        return new PayloadStore() {
            @Override
            public void put(PayloadReference place, String payload) {
                throw needed(place);
            }

            @Override
            public String get(PayloadReference place) {
                throw needed(place);
            }

            private IllegalStateException needed(PayloadReference place) {
                return new IllegalStateException(
                        ("%s needs a bean of type S3Client; add spring-cloud-aws-starter-s3, or"
                                        + " remove large-payload-bucket")
                                .formatted(place));
            }
        };
    }
}
