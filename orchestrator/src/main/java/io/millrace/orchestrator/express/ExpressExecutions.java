package io.millrace.orchestrator.express;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.wakeup.WakeUps;
import io.millrace.orchestrator.wakeup.WakeUps.Started;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Starts Express executions, and runs them to their end. */
public final class ExpressExecutions {

    /** The longest that an Express execution may run (Step Functions, "Quotas"). */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** How much later its end may be known. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final WakeUps wakeUps;
    private final Running running;
    private final StartQueue queue;
    private final Function<String, Definition> definitions;
    private final Map<String, Definition> limited = new ConcurrentHashMap<>();

    /**
     * @param loop makes the loop that moves them out of the definitions that they follow
     */
    ExpressExecutions(
            Function<Function<String, Definition>, WakeUps> loop,
            Running running,
            StartQueue queue,
            Function<String, Definition> definitions) {
        this.running = running;
        this.queue = queue;
        this.definitions = definitions;
        this.wakeUps = loop.apply(this::definition);
    }

    /** Runs an execution and answers how it has ended. */
    public Head run(StateMachine machine, String name, Datum input, Optional<String> trace) {
        return run(message(machine, name, input, trace), false);
    }

    /** Has an execution run, at least once; returns when that is certain. */
    public ExecutionId start(
            StateMachine machine, String name, Datum input, Optional<String> trace) {
        var message = message(machine, name, input, trace);
        queue.put(JSON.writeValueAsString(message));
        return id(message);
    }

    /** Runs an execution of which the queue has told; returns when it has ended. */
    public void take(byte[] message) {
        var _ = run(JSON.readValue(message, StartMessage.class), true);
    }

    private static StartMessage message(
            StateMachine machine, String name, Datum input, Optional<String> trace) {
        return new StartMessage(
                machine.name(),
                name,
                UUID.randomUUID().toString(),
                machine.revision(),
                machine.roleArn(),
                input.node(),
                trace,
                machine.logging());
    }

    private static ExecutionId id(StartMessage message) {
        return ExecutionId.express(message.stateMachine(), message.name(), message.run());
    }

    private Head run(StartMessage message, boolean reported) {
        var id = id(message);
        var end = running.add(id, message.logging(), reported);
        try {
            var started =
                    wakeUps.start(
                            definition(message.revision()),
                            new Engine.Start(
                                    id,
                                    message.roleArn(),
                                    Datum.of(message.input()),
                                    message.trace(),
                                    0,
                                    Optional.empty()));
            return switch (started) {
                // Most have ended by now; one that was delivered twice has one end too.
                case Started.Anew _, Started.Before _ ->
                        end.get(LONGEST.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            };
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The end of %s is not known".formatted(id), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody waits for %s any more".formatted(id), e);
        } finally {
            running.remove(id);
        }
    }

    /** The definition of a revision, with the timeout of an Express execution. */
    private Definition definition(String revision) {
        return limited.computeIfAbsent(
                revision,
                known -> new Definition(known, limited(definitions.apply(known).language())));
    }

    private static StateMachineDefinition limited(StateMachineDefinition definition) {
        var own = definition.timeoutSeconds().orElse(LONGEST.toSeconds());
        return new StateMachineDefinition(
                definition.comment(),
                definition.queryLanguage(),
                definition.version(),
                Optional.of(Math.min(own, LONGEST.toSeconds())),
                definition.graph());
    }
}
