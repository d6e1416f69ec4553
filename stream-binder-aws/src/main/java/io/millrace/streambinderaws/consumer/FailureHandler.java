package io.millrace.streambinderaws.consumer;

import io.awspring.cloud.sqs.listener.errorhandler.AsyncErrorHandler;
import io.awspring.cloud.sqs.listener.errorhandler.ExponentialBackoffErrorHandler;
import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import io.millrace.streambinderaws.provisioning.QueueDestination;
import io.millrace.streambinderaws.provisioning.QueueDestination.Redrive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.messaging.Message;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * What becomes of a message whose handler failed: it comes back after a while that grows, or, if it
 * may not come back, it goes to the dead-letter queue with its reason. Only what lies there is
 * acknowledged.
 */
final class FailureHandler implements AsyncErrorHandler<byte[]> {

    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

    private final SqsAsyncClient sqs;
    private final String queue;
    private final Supplier<Optional<Redrive>> redrive;
    private final Supplier<Optional<DeadLetters>> deadLetters;
    private final Retryable retryable;
    private final AsyncErrorHandler<byte[]> comesBack;
    private final ConsumerState state;

    FailureHandler(
            SqsAsyncClient sqs,
            QueueDestination queue,
            ExtendedConsumerProperties<AwsConsumerProperties> properties,
            ConsumerState state) {
        var own = properties.getExtension();
        this.sqs = sqs;
        this.queue = queue.name();
        this.state = state;
        // Asked when a message fails: a queue need not be known before.
        this.redrive = queue::redrive;
        this.deadLetters =
                SingletonSupplier.of(() ->
                        queue.redrive()
                                .filter(_ -> own.isRepublishToDlq())
                                .map(policy ->
                                        new DeadLetters(
                                                sqs, policy.deadLetterQueue(), queue.name())));
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
        var lastHome = deadLetters.get().filter(_ -> !mayComeBack(message, thrown));
        if (lastHome.isPresent()) {
            return bury(lastHome.get(), message, thrown);
        }
        warn(message, thrown);
        state.comesBack(1);
        return comesBack.handle(message, thrown);
    }

    @Override
    public CompletableFuture<Void> handle(Collection<Message<byte[]>> messages, Throwable thrown) {
        var sorted = sort(List.copyOf(messages), thrown);
        if (sorted.returning().isEmpty()) {
            // Nothing remains to be done again: the container acknowledges the whole batch.
            return sorted.buried();
        }
        return sorted.buried()
                .thenCompose(_ -> delete(sorted.leaving()))
                .thenCompose(_ -> letComeBack(sorted.returning(), thrown));
    }

    /**
     * The same for messages that somebody else deletes.
     *
     * @return those that come back
     */
    CompletableFuture<List<Message<byte[]>>> comingBack(
            List<Message<byte[]>> messages, Throwable thrown) {
        var sorted = sort(messages, thrown);
        return sorted.buried()
                .thenCompose(_ -> letComeBack(sorted.returning(), thrown).exceptionally(_ -> null))
                .thenApply(_ -> sorted.returning());
    }

    /** The handler always ends with the failure, which is how the container knows of it. */
    private CompletableFuture<Void> letComeBack(List<Message<byte[]>> returning, Throwable thrown) {
        return CompletableFuture.allOf(
                returning.stream()
                        .map(message -> comesBack.handle(message, thrown))
                        .toArray(CompletableFuture[]::new));
    }

    private record Sorted(
            List<Message<byte[]>> returning,
            List<Message<byte[]>> leaving,
            CompletableFuture<Void> buried) {}

    private Sorted sort(List<Message<byte[]>> batch, Throwable thrown) {
        var letters = deadLetters.get();
        var partly = BatchPartlyFailed.in(thrown).map(BatchPartlyFailed::failures);
        var returning = new ArrayList<Message<byte[]>>();
        var leaving = new ArrayList<Message<byte[]>>();
        var burials = new ArrayList<CompletableFuture<Void>>();
        for (var index = 0; index < batch.size(); index++) {
            var message = batch.get(index);
            var place = index;
            var failure = partly.isEmpty() ? thrown : partly.get().get(place);
            if (failure == null) {
                leaving.add(message);
                state.handled(1);
            } else if (letters.isEmpty() || mayComeBack(message, failure)) {
                returning.add(message);
                warn(message, failure);
            } else {
                leaving.add(message);
                burials.add(bury(letters.get(), message, failure));
            }
        }
        state.comesBack(returning.size());
        return new Sorted(
                returning,
                leaving,
                CompletableFuture.allOf(burials.toArray(CompletableFuture[]::new)));
    }

    /** The container deletes a batch whole or not at all; at most ten messages are in one. */
    private CompletableFuture<Void> delete(List<Message<byte[]>> leaving) {
        if (leaving.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return Deletes.together(sqs, leaving.stream().map(SqsMessages::receipt).toList());
    }

    private boolean mayComeBack(Message<byte[]> message, Throwable thrown) {
        int most = redrive.get().map(Redrive::maxReceiveCount).orElse(Integer.MAX_VALUE);
        return retryable.test(thrown) && SqsMessages.receiveCount(message) < most;
    }

    private CompletableFuture<Void> bury(
            DeadLetters letters, Message<byte[]> message, Throwable thrown) {
        var failure = Retryable.handlers(thrown);
        log.error(
                "a message of {} failed, time {}, and goes to the dead-letter queue: {}",
                queue,
                SqsMessages.receiveCount(message),
                failure.toString());
        return letters.send(message, failure).thenRun(state::sentToDeadLetters);
    }

    private void warn(Message<byte[]> message, Throwable thrown) {
        var failure = Retryable.handlers(thrown);
        log.warn(
                "a message of {} failed, time {}: {}",
                queue,
                SqsMessages.receiveCount(message),
                failure.toString(),
                failure);
    }
}
