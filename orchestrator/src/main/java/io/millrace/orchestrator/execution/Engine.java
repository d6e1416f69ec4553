package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.execution.Signal.TaskKey;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Moves executions: the same head, definition and signals lead to the same decisions, in any
 * process, times and chance aside.
 */
public final class Engine {

    private final StateEvaluator evaluator;
    private final TaskTokens tokens;
    private final Arns arns;
    private final InstantSource clock;
    private final Supplier<String> nonces;
    private final Bounds bounds;

    /**
     * @param nonces texts that nobody can guess
     */
    public Engine(
            StateEvaluator evaluator,
            TaskTokens tokens,
            Arns arns,
            InstantSource clock,
            Supplier<String> nonces,
            Bounds bounds) {
        this.evaluator = evaluator;
        this.tokens = tokens;
        this.arns = arns;
        this.clock = clock;
        this.nonces = nonces;
        this.bounds = bounds;
    }

    /**
     * What starts an execution.
     *
     * @param trace the W3C traceparent of whoever starts it
     * @param parent what begins this one, if it is an execution
     * @param attempt in which attempt of the map run
     * @param released the version that it was started by, if it was
     */
    public record Start(
            ExecutionId id,
            String roleArn,
            Datum input,
            Optional<String> trace,
            int shard,
            Optional<Parent> parent,
            int attempt,
            Optional<Released> released) {

        /** The start of one that is new to its parent, too. */
        public Start(
                ExecutionId id,
                String roleArn,
                Datum input,
                Optional<String> trace,
                int shard,
                Optional<Parent> parent) {
            this(id, roleArn, input, trace, shard, parent, 0, Optional.empty());
        }
    }

    /** Begins an execution and runs it to its first waits, or its end. */
    public Turn start(Definition definition, Start start) {
        var run = Run.of(this, definition, start);
        run.began(start);
        run.settle();
        return turn(run, List.of());
    }

    /** Lets signals happen to an execution and runs it to its next waits, or its end. */
    public Turn wake(Definition definition, Head head, List<Signal> signals) {
        var run = Run.of(this, definition, head);
        var verdicts = new ArrayList<Verdict>();
        for (var signal : signals) {
            verdicts.add(Signals.apply(run, signal));
            run.settle();
        }
        return turn(run, verdicts);
    }

    /**
     * What the iterations of a map run are given of an item. It throws an EvaluationFailure if the
     * fields of the Map state do not work for one.
     */
    public ItemBatches.Selector itemSelector(Definition definition, Head head, MapRun mapRun) {
        return MapRuns.itemSelector(Run.of(this, definition, head), mapRun);
    }

    /** What a child of a map run starts with. */
    public Datum childInput(MapRun mapRun, List<JsonNode> inputs) {
        return MapRuns.childInput(mapRun, inputs);
    }

    /** The revision that the children of a map run follow. */
    public String childRevision(Definition definition, Head head, MapRun mapRun) {
        var run = Run.of(this, definition, head);
        return Definition.part(
                head.revision(), MapRuns.frame(run, mapRun.event()).orElseThrow().state());
    }

    private static Turn turn(Run run, List<Verdict> verdicts) {
        return new Turn(
                run.head(),
                run.changed(),
                run.toSend(),
                verdicts,
                run.stays(),
                run.ended(),
                run.interrupted());
    }

    /** The task of a token, if the token is one of ours. */
    public Optional<TaskKey> task(String token) {
        return tokens.open(token)
                .filter(parts -> parts.size() == 4)
                .map(parts ->
                        new TaskKey(
                                ExecutionId.parse(parts.get(0)),
                                parts.get(1),
                                Long.parseLong(parts.get(2)),
                                parts.get(3)));
    }

    /** The token of the task that a frame waits for, if its result comes with one. */
    public Optional<String> token(Head head, Frame frame) {
        return frame.waiting() instanceof Waiting.ForTask task
                ? task.nonce()
                        .map(nonce -> new TaskKey(head.id(), frame.id(), task.event(), nonce))
                        .map(this::token)
                : Optional.empty();
    }

    String token(TaskKey task) {
        return tokens.seal(
                List.of(
                        task.execution().text(),
                        task.frame(),
                        Long.toString(task.event()),
                        task.nonce()));
    }

    StateEvaluator evaluator() {
        return evaluator;
    }

    public Arns arns() {
        return arns;
    }

    InstantSource clock() {
        return clock;
    }

    String nonce() {
        return nonces.get();
    }

    Bounds bounds() {
        return bounds;
    }
}
