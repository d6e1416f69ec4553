package io.millrace.orchestrator.wakeup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens in the loop, and has it logged. */
final class Metrics implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final MeterRegistry registry;
    private final ExecutionLog log;
    private final Counter started;
    private final Counter commits;
    private final Counter conflicts;
    private final Counter notMoved;
    private final Counter sent;
    private final Counter notSent;
    private final Counter unawaited;

    Metrics(MeterRegistry registry, ExecutionLog log) {
        this.registry = registry;
        this.log = log;
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
    public void ended(Head head) {
        registry.counter("millrace.executions.ended", "status", head.status().name()).increment();
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
