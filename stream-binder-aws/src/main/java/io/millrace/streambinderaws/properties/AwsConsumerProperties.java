package io.millrace.streambinderaws.properties;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of a consumer binding; Spring Cloud Stream binds onto a bean. */
public class AwsConsumerProperties {

    /** Whether the destination is a queue or a topic. */
    private DestinationType destinationType = DestinationType.QUEUE;

    /** How long one request waits for messages. */
    private Duration waitTime = Duration.ofSeconds(20);

    /** How long a message stays hidden while it is handled; the queue's own if not set. */
    private @Nullable Duration visibilityTimeout;

    /** How long a message stays hidden after its first failure. */
    private Duration backOffInitialDelay = Duration.ofSeconds(1);

    /** By how much the time grows with each further failure. */
    private double backOffFactor = 2.0;

    /** The longest time a message stays hidden after a failure. */
    private Duration backOffMaxDelay = Duration.ofMinutes(15);

    /**
     * Whether a handler is tried again while it holds its message, as often as max-attempts says.
     * Otherwise a message that failed comes back from its queue.
     */
    private boolean retryInProcess;

    /** Whether a message that may not come back is sent to the dead-letter queue with its error. */
    private boolean republishToDlq = true;

    /**
     * Exceptions that trying again does not change: their messages go to the dead-letter queue at
     * once.
     */
    private List<Class<? extends Throwable>> deadLetterOn = List.of();

    /** Whether a queue that is created gets a dead-letter queue. */
    private boolean autoBindDlq;

    /** The dead-letter queue's name; the queue's with -dlq if not set. */
    private @Nullable String deadLetterQueueName;

    /** How often a message is received before SQS moves it, for a queue that is created. */
    private int maxReceiveCount = 5;

    /**
     * How long a message is kept hidden at most while its handler runs, beyond the visibility
     * timeout; zero for not at all.
     */
    private Duration maxVisibilityExtension = Duration.ofHours(1);

    /** How long a stopping application waits for handlers that run. */
    private Duration shutdownTimeout = Duration.ofSeconds(20);

    /**
     * The bucket that large payloads may lie in: messages that refer to one are handled with it.
     * None if not set: references are handled as what they are.
     */
    private @Nullable String largePayloadBucket;

    public DestinationType getDestinationType() {
        return destinationType;
    }

    public void setDestinationType(DestinationType destinationType) {
        this.destinationType = destinationType;
    }

    public Duration getWaitTime() {
        return waitTime;
    }

    public void setWaitTime(Duration waitTime) {
        this.waitTime = waitTime;
    }

    public @Nullable Duration getVisibilityTimeout() {
        return visibilityTimeout;
    }

    public void setVisibilityTimeout(Duration visibilityTimeout) {
        this.visibilityTimeout = visibilityTimeout;
    }

    public Duration getBackOffInitialDelay() {
        return backOffInitialDelay;
    }

    public void setBackOffInitialDelay(Duration backOffInitialDelay) {
        this.backOffInitialDelay = backOffInitialDelay;
    }

    public double getBackOffFactor() {
        return backOffFactor;
    }

    public void setBackOffFactor(double backOffFactor) {
        this.backOffFactor = backOffFactor;
    }

    public Duration getBackOffMaxDelay() {
        return backOffMaxDelay;
    }

    public void setBackOffMaxDelay(Duration backOffMaxDelay) {
        this.backOffMaxDelay = backOffMaxDelay;
    }

    public boolean isRetryInProcess() {
        return retryInProcess;
    }

    public void setRetryInProcess(boolean retryInProcess) {
        this.retryInProcess = retryInProcess;
    }

    public boolean isRepublishToDlq() {
        return republishToDlq;
    }

    public void setRepublishToDlq(boolean republishToDlq) {
        this.republishToDlq = republishToDlq;
    }

    public List<Class<? extends Throwable>> getDeadLetterOn() {
        return deadLetterOn;
    }

    public void setDeadLetterOn(List<Class<? extends Throwable>> deadLetterOn) {
        this.deadLetterOn = deadLetterOn;
    }

    public boolean isAutoBindDlq() {
        return autoBindDlq;
    }

    public void setAutoBindDlq(boolean autoBindDlq) {
        this.autoBindDlq = autoBindDlq;
    }

    public @Nullable String getDeadLetterQueueName() {
        return deadLetterQueueName;
    }

    public void setDeadLetterQueueName(String deadLetterQueueName) {
        this.deadLetterQueueName = deadLetterQueueName;
    }

    public int getMaxReceiveCount() {
        return maxReceiveCount;
    }

    public void setMaxReceiveCount(int maxReceiveCount) {
        this.maxReceiveCount = maxReceiveCount;
    }

    public Duration getMaxVisibilityExtension() {
        return maxVisibilityExtension;
    }

    public void setMaxVisibilityExtension(Duration maxVisibilityExtension) {
        this.maxVisibilityExtension = maxVisibilityExtension;
    }

    public Duration getShutdownTimeout() {
        return shutdownTimeout;
    }

    public void setShutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
    }

    public @Nullable String getLargePayloadBucket() {
        return largePayloadBucket;
    }

    public void setLargePayloadBucket(String largePayloadBucket) {
        this.largePayloadBucket = largePayloadBucket;
    }
}
