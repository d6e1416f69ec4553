package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.wakeup.Hints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sets timers as delayed messages on the wake-ups queue. */
final class WakeUpHints implements Hints {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpHints.class);

    /** The longest delay of a message (SQS API reference, "DelaySeconds"). */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final QueueSender sender;
    private final Supplier<String> queueUrl;
    private final InstantSource clock;

    WakeUpHints(QueueSender sender, Supplier<String> queueUrl, InstantSource clock) {
        this.sender = sender;
        this.queueUrl = queueUrl;
        this.clock = clock;
    }

    @Override
    public void hint(ExecutionId id, Instant at) {
        var delay = Duration.between(clock.instant(), at);
        if (delay.compareTo(LONGEST) > 0) {
            return;
        }
        // Rounded up: a message that is early does nothing.
        var seconds = (int) Math.max(0, delay.plusMillis(999).toSeconds());
        var _ =
                sender.send(
                                queueUrl.get(),
                                SendMessageBatchRequestEntry.builder()
                                        .messageBody(id.text())
                                        .delaySeconds(Math.min(seconds, (int) LONGEST.toSeconds())))
                        .exceptionally(failure -> {
                            LOG.debug("No hint for {}", id, failure);
                            return null;
                        });
    }
}
