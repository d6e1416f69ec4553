package io.millrace.orchestrator.express;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Stay;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.orchestrator.wakeup.Observer;
import io.millrace.orchestrator.workflow.Logging;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The executions that run, and who waits for their ends. */
final class Running implements Observer, EffectCalls {

    private final Map<ExecutionId, Run> runs = new ConcurrentHashMap<>();
    private final Observer counts;
    private final EffectCalls calls;
    private final HistoryLog log;

    /**
     * @param counts is told of starts, ends and what is sent
     * @param calls does what the executions decide to do
     */
    Running(Observer counts, EffectCalls calls, HistoryLog log) {
        this.counts = counts;
        this.calls = calls;
        this.log = log;
    }

    /** An execution that runs. */
    private static final class Run {
        private final CompletableFuture<Head> end = new CompletableFuture<>();
        private final Logging logging;
        private final boolean reported;
        private int logged;

        Run(Logging logging, boolean reported) {
            this.logging = logging;
            this.reported = reported;
        }
    }

    /**
     * Waits for the end of an execution.
     *
     * @param reported whether a failure is reported before that; a caller sees it
     */
    CompletableFuture<Head> add(ExecutionId id, Logging logging, boolean reported) {
        return runs.computeIfAbsent(id, _ -> new Run(logging, reported)).end;
    }

    void remove(ExecutionId id) {
        runs.remove(id);
    }

    @Override
    public TaskOutcome call(Head head, Effect.Outside effect) {
        return switch (effect) {
            case Effect.Call call -> calls.call(head, call);
            case Effect.ReportFailure report -> {
                var run = runs.get(head.id());
                yield run != null && run.reported
                        ? calls.call(head, report)
                        : new TaskOutcome.Done(Datum.ofText("{}"));
            }
        };
    }

    @Override
    public void committed(Head head) {
        var run = runs.get(head.id());
        if (run == null) {
            return;
        }
        log(head, run);
        if (run.reported ? MemoryJournal.isOver(head) : head.status().ended()) {
            run.end.complete(head);
        }
    }

    private void log(Head head, Run run) {
        if (run.logging.level() == Logging.Level.OFF) {
            return;
        }
        synchronized (run) {
            var events = head.latest();
            log.write(head.id(), events.subList(run.logged, events.size()), run.logging);
            run.logged = events.size();
        }
    }

    @Override
    public void started(Head head) {
        counts.started(head);
    }

    @Override
    public void stayed(Head head, List<Stay> stays) {
        counts.stayed(head, stays);
    }

    @Override
    public void ended(Head head) {
        counts.ended(head);
    }

    @Override
    public void sent(String effect) {
        counts.sent(effect);
    }

    @Override
    public void sendingFailed(String effect, RuntimeException failure) {
        counts.sendingFailed(effect, failure);
    }
}
