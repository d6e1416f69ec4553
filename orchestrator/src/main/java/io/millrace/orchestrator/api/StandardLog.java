package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.express.HistoryLog;
import io.millrace.orchestrator.wakeup.ExecutionLog;
import io.millrace.orchestrator.workflow.Logging;
import io.millrace.orchestrator.workflow.StateMachine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the events of Standard executions as their state machines say. They go on whether or not
 * that is known.
 */
final class StandardLog implements ExecutionLog {

    private static final Logger LOG = LoggerFactory.getLogger(StandardLog.class);

    /** How long a change of a state machine may be unknown here. */
    private static final Duration STALE = Duration.ofSeconds(10);

    private final Function<Head, Optional<StateMachine>> machines;
    private final HistoryLog log;
    private final InstantSource clock;
    private final Map<Of, Known> known = new ConcurrentHashMap<>();

    /**
     * @param machines what an execution follows
     */
    StandardLog(
            Function<Head, Optional<StateMachine>> machines, HistoryLog log, InstantSource clock) {
        this.machines = machines;
        this.log = log;
        this.clock = clock;
    }

    private record Of(String stateMachine, Optional<Integer> version) {}

    private record Known(Logging logging, Instant until) {}

    @Override
    public void happened(Head head, long first) {
        var logging = logging(head);
        if (logging.level() != Logging.Level.OFF) {
            log.write(
                    head.id(),
                    head.latest().stream().filter(event -> event.id() >= first).toList(),
                    logging);
        }
    }

    private Logging logging(Head head) {
        var now = clock.instant();
        var of =
                new Of(
                        head.id().stateMachine(),
                        head.released().map(released -> released.version()));
        var before = known.get(of);
        if (before != null && before.until().isAfter(now)) {
            return before.logging();
        }
        var read = new Known(read(head), now.plus(STALE));
        known.put(of, read);
        return read.logging();
    }

    private Logging read(Head head) {
        try {
            return machines.apply(head).map(StateMachine::logging).orElse(Logging.OFF);
        } catch (RuntimeException e) {
            LOG.warn("What of {} is to be logged is not known", head.id(), e);
            return Logging.OFF;
        }
    }
}
