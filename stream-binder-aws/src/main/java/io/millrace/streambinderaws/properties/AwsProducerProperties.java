package io.millrace.streambinderaws.properties;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Properties of a producer binding; Spring Cloud Stream binds onto a bean. */
public class AwsProducerProperties {

    /** Whether the destination is a queue or a topic. */
    private DestinationType destinationType = DestinationType.QUEUE;

    /**
     * How long a message waits for others to be sent with it in one request. With zero it goes at
     * once, and those that come while it is under way are sent together next.
     */
    private Duration linger = Duration.ofMillis(5);

    /** How long a sender waits until AWS has accepted its message. */
    private Duration sendTimeout = Duration.ofSeconds(30);

    /**
     * Names of the headers that travel as message attributes, with * for anything; only text,
     * numbers and booleans can.
     */
    private List<String> headers = List.of("*");

    /**
     * The bucket for payloads that are too large; their messages say where they lie. None if not
     * set: they are refused.
     */
    private @Nullable String largePayloadBucket;

    /** What the keys of large payloads start with. */
    private String largePayloadPrefix = "payloads/";

    /** How large a message may be, with its attributes, before its payload goes to the bucket. */
    private DataSize largePayloadThreshold = DataSize.ofKilobytes(256);

    public DestinationType getDestinationType() {
        return destinationType;
    }

    public void setDestinationType(DestinationType destinationType) {
        this.destinationType = destinationType;
    }

    public Duration getLinger() {
        return linger;
    }

    public void setLinger(Duration linger) {
        this.linger = linger;
    }

    public Duration getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(Duration sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public List<String> getHeaders() {
        return headers;
    }

    public void setHeaders(List<String> headers) {
        this.headers = headers;
    }

    public @Nullable String getLargePayloadBucket() {
        return largePayloadBucket;
    }

    public void setLargePayloadBucket(String largePayloadBucket) {
        this.largePayloadBucket = largePayloadBucket;
    }

    public String getLargePayloadPrefix() {
        return largePayloadPrefix;
    }

    public void setLargePayloadPrefix(String largePayloadPrefix) {
        this.largePayloadPrefix = largePayloadPrefix;
    }

    public DataSize getLargePayloadThreshold() {
        return largePayloadThreshold;
    }

    public void setLargePayloadThreshold(DataSize largePayloadThreshold) {
        this.largePayloadThreshold = largePayloadThreshold;
    }
}
