package io.millrace.streambinderaws.consumer;

import io.awspring.cloud.sqs.listener.errorhandler.AsyncErrorHandler;
import io.awspring.cloud.sqs.listener.errorhandler.ExponentialBackoffErrorHandler;
import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.provisioning.QueueDestination;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * What becomes of a message whose handler failed: it comes back after a while that grows, or, if it
 * may not come back, it goes to the dead-letter queue with its reason. Only what lies there is
 * acknowledged.
 */
final class FailureHandler implements AsyncErrorHandler<byte[]> {

    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

    private final String queue;
    private final int maxReceiveCount;
    private final Optional<DeadLetters> deadLetters;
    private final Retryable retryable;
    private final AsyncErrorHandler<byte[]> comesBack;

    FailureHandler(
            SqsAsyncClient sqs,
            QueueDestination queue,
            ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        var own = properties.getExtension();
        this.queue = queue.name();
        this.maxReceiveCount =
                queue.redrive()
                        .map(QueueDestination.Redrive::maxReceiveCount)
                        .orElse(Integer.MAX_VALUE);
        this.deadLetters =
                queue.redrive()
                        .filter(_ -> own.isRepublishToDlq())
                        .map(redrive ->
                                new DeadLetters(sqs, redrive.deadLetterQueue(), queue.name()));
        this.retryable = new Retryable(properties);
        this.comesBack =
                ExponentialBackoffErrorHandler.<byte[]>builder()
                        .initialVisibilityTimeoutSeconds(
                                (int) own.getBackOffInitialDelay().toSeconds())
                        .multiplier(own.getBackOffFactor())
                        .maxVisibilityTimeoutSeconds((int) own.getBackOffMaxDelay().toSeconds())
                        .build();
    }

    @Override
    public CompletableFuture<Void> handle(Message<byte[]> message, Throwable thrown) {
        var failure = Retryable.handlers(thrown);
        var count = SqsMessages.receiveCount(message);
        var mayComeBack = retryable.test(thrown) && count < maxReceiveCount;
        if (mayComeBack || deadLetters.isEmpty()) {
            log.warn(
                    "a message of {} failed, time {}: {}",
                    queue,
                    count,
                    failure.toString(),
                    failure);
            return comesBack.handle(message, thrown);
        }
        log.error(
                "a message of {} failed, time {}, and goes to the dead-letter queue: {}",
                queue,
                count,
                failure.toString());
        return deadLetters.get().send(message, failure);
    }

    @Override
    public CompletableFuture<Void> handle(Collection<Message<byte[]>> messages, Throwable thrown) {
        return CompletableFuture.allOf(
                messages.stream()
                        .map(message -> handle(message, thrown))
                        .toArray(CompletableFuture[]::new));
    }
}
