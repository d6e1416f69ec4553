package io.millrace.orchestrator.wakeup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and measures what happens in the loop, and has it logged and traced. */
final class Metrics implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private static final String EXECUTIONS = "millrace.executions.duration";
    private static final String STATES = "millrace.states.duration";
    private static final String STATE_MACHINE = "state_machine";

    /** Who creates state machines without end is not to fill the registry with them. */
    private static final int MOST_STATE_MACHINES = 200;

    private static final Duration[] BUCKETS =
            Stream.of(
                            "PT0.1S", "PT0.25S", "PT0.5S", "PT1S", "PT2.5S", "PT5S", "PT10S",
                            "PT30S", "PT1M", "PT5M", "PT15M", "PT1H", "P1D")
                    .map(Duration::parse)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final ExecutionLog log;
    private final ExecutionSpans spans;
    private final Counter started;
    private final Counter commits;
    private final Counter conflicts;
    private final Counter notMoved;
    private final Counter sent;
    private final Counter notSent;
    private final Counter unawaited;

    Metrics(MeterRegistry registry, ExecutionLog log, ExecutionSpans spans) {
        this.registry = registry;
        this.log = log;
        this.spans = spans;
        for (var name : List.of(EXECUTIONS, STATES)) {
            registry.config()
                    .meterFilter(
                            MeterFilter.maximumAllowableTags(
                                    name, STATE_MACHINE, MOST_STATE_MACHINES, MeterFilter.deny()));
        }
        // A series that begins with its first event has no increase to be alarmed by.
        Stream.of(Status.values()).filter(Status::ended).forEach(this::ended);
        this.started = registry.counter("millrace.executions.started");
        this.commits = registry.counter("millrace.journal.commits");
        this.conflicts = registry.counter("millrace.journal.conflicts");
        this.notMoved = registry.counter("millrace.executions.not.moved");
        this.sent = registry.counter("millrace.outbox.sent");
        this.notSent = registry.counter("millrace.outbox.failed");
        this.unawaited = registry.counter("millrace.tasks.unawaited");
    }

    void watch(WakeUps wakeUps) {
        registry.gauge("millrace.outbox.in.flight", wakeUps, WakeUps::effectsInFlight);
        registry.gauge("millrace.executions.at.hand", wakeUps, WakeUps::executionsAtHand);
    }

    void unawaited() {
        unawaited.increment();
    }

    @Override
    public void started(Head head) {
        started.increment();
    }

    @Override
    public void committed(Head head) {
        commits.increment();
    }

    @Override
    public void happened(Head head, long first) {
        log.happened(head, first);
    }

    @Override
    public void stayed(Head head, List<Stay> stays) {
        var machine = stateMachine(head);
        for (var stay : stays) {
            record(
                    STATES,
                    Tags.of(
                            STATE_MACHINE,
                            machine,
                            "state",
                            stay.state(),
                            "type",
                            stay.type(),
                            "outcome",
                            stay.end().name().toLowerCase(Locale.ROOT)),
                    stay.visit().enteredAt(),
                    stay.until());
        }
        spans.stayed(head, stays);
    }

    @Override
    public void ended(Head head) {
        ended(head.status()).increment();
        record(
                EXECUTIONS,
                Tags.of(STATE_MACHINE, stateMachine(head), "status", head.status().name()),
                head.redrives().at().orElse(head.startedAt()),
                head.endedAt().orElseThrow());
        spans.ended(head);
    }

    private Counter ended(Status status) {
        return registry.counter("millrace.executions.ended", "status", status.name());
    }

    private void record(String name, Tags tags, Instant from, Instant to) {
        Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.between(from, to));
    }

    /** The children of a distributed Map count as its state machine's. */
    private static String stateMachine(Head head) {
        var name = head.id().stateMachine();
        var label = name.indexOf('/');
        return label < 0 ? name : name.substring(0, label);
    }

    @Override
    public void conflicted(Head head) {
        conflicts.increment();
    }

    @Override
    public void notMoved(ExecutionId id, Throwable reason) {
        notMoved.increment();
        LOG.warn("Execution {} could not be moved", id, reason);
    }

    @Override
    public void sent(String effect) {
        sent.increment();
    }

    @Override
    public void sendingFailed(String effect, RuntimeException failure) {
        notSent.increment();
        LOG.warn("Effect {} was not sent; it will be again", effect, failure);
    }
}
