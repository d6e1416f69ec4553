package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.JobOf;
import io.millrace.orchestrator.execution.Parent;
import io.millrace.orchestrator.execution.Released;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.wakeup.WakeUps.Started;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers can have done to executions; returns when it is committed. */
public final class Executions {

    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    private final WakeUps wakeUps;
    private final Engine engine;
    private final StateMachines machines;
    private final int shards;
    private final Runnable onUnawaitedAnswer;

    /**
     * @param onUnawaitedAnswer runs when a result comes that no task waits for
     */
    public Executions(
            WakeUps wakeUps,
            Engine engine,
            StateMachines machines,
            int shards,
            Runnable onUnawaitedAnswer) {
        this.wakeUps = wakeUps;
        this.engine = engine;
        this.machines = machines;
        this.shards = shards;
        this.onUnawaitedAnswer = onUnawaitedAnswer;
    }

    public int shards() {
        return shards;
    }

    /** Starts an execution of a state machine. */
    public Started start(StateMachine machine, String name, Datum input, Optional<String> trace) {
        return start(machine, Optional.empty(), name, input, trace, Optional.empty());
    }

    /**
     * Starts an execution of a state machine.
     *
     * @param released the version that the state machine is at, if one was asked for
     * @param task that has it started
     */
    public Started start(
            StateMachine machine,
            Optional<Released> released,
            String name,
            Datum input,
            Optional<String> trace,
            Optional<JobOf> task) {
        var id = new ExecutionId(machine.name(), name);
        return wakeUps.start(
                machines.definition(machine.revision()),
                new Engine.Start(
                        id,
                        machine.roleArn(),
                        input,
                        trace,
                        WakeUps.shard(id, shards),
                        task.map(Parent.class::cast),
                        0,
                        released));
    }

    /**
     * Starts an execution of the state machine of that name, unless it was started before.
     *
     * @throws IllegalStateException if there is no such state machine
     */
    public void startNamed(String stateMachine, String name, Datum input, Optional<String> trace) {
        var machine =
                machines.find(stateMachine)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "There is no state machine '%s'; create it, or name its file in millrace.orchestrator.workflows"
                                                .formatted(stateMachine)));
        switch (start(machine, name, input, trace)) {
            case Started.Anew _ -> {}
            case Started.Before(var head) -> LOG.debug("{} was started before", head.id());
        }
    }

    /** Gives a task its result, or says why it cannot have it; empty if the token is none. */
    public Optional<Verdict> answer(String token, TaskOutcome outcome) {
        return engine.task(token)
                .map(task -> wake(task.execution(), new Signal.Answered(task, outcome)));
    }

    /** Gives a task its result, if it waits for one. */
    public void answerIfAwaited(String token, TaskOutcome outcome) {
        var verdict = answer(token, outcome);
        if (verdict.filter(Verdict.TAKEN::equals).isEmpty()) {
            onUnawaitedAnswer.run();
            LOG.info("No task waits for a result that came: {}", verdict);
        }
    }

    /** Tells that a task is being worked on; empty if the token is none. */
    public Optional<Verdict> heartbeat(String token) {
        return engine.task(token).map(task -> wake(task.execution(), new Signal.Heartbeat(task)));
    }

    /** Lets a signal happen to an execution. */
    public Verdict wake(ExecutionId id, Signal signal) {
        try {
            return wakeUps.deliver(id, signal).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
