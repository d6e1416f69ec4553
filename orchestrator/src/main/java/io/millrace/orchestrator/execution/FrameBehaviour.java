package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.statemachine.Behaviour;
import io.millrace.orchestrator.statemachine.Move;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.Outcome;
import io.millrace.stateslanguage.evaluate.Pause;
import io.millrace.stateslanguage.evaluate.Retry;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.Transition;
import io.millrace.stateslanguage.scope.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What the states do to the frame that walks through them. */
final class FrameBehaviour implements Behaviour<Resume> {

    private final Run run;
    private final String id;
    private final StateEvaluator evaluator;

    FrameBehaviour(Run run, String frame) {
        this.run = run;
        this.id = frame;
        this.evaluator = run.engine().evaluator();
    }

    @Override
    public Move entered(String name) {
        // The frame waits for its turn already: it was put there when it left the last state.
        return run.atBounds() ? new Move.Stay() : begin();
    }

    @Override
    public Move signalled(String name, Resume resume) {
        return switch (resume) {
            case Resume.Begin _ -> begin();
            case Resume.Again _ -> {
                run.put(frame().in(frame().visit().again()));
                yield attempt(() -> perform(state()));
            }
            case Resume.Redriven _ -> {
                run.put(
                        frame().in(frame().visit().redriven(run.engine().clock().instant()))
                                .waitingFor(new Waiting.Turn()));
                yield attempt(() -> perform(state()));
            }
            case Resume.Elapsed _ -> attempt(this::elapsed);
            case Resume.Result(var outcome) -> result(outcome);
            case Resume.Submission(var outcome) -> submission(outcome);
            case Resume.TimedOut(var silent) -> {
                var error = Tasks.timedOut(run, frame(), silent);
                yield handle(error);
            }
            case Resume.Joined(var fork) -> attempt(() -> joined(fork));
            case Resume.ChildFailed(var reason) -> handle(reason);
            case Resume.Collected(var output) -> attempt(() -> collected(output));
            case Resume.RunFailed(var reason) -> {
                MapRuns.ended(run, frame(), Status.FAILED);
                run.event(
                        frame(),
                        EventType.MAP_RUN_FAILED,
                        new EventDetails.Failed(reason.error(), reason.cause()));
                yield handle(reason);
            }
        };
    }

    private Frame frame() {
        return run.frame(id);
    }

    private State state() {
        return run.state(frame());
    }

    private Scope scope() {
        return new Scope(
                frame().input().node(),
                ContextObject.of(run, frame()),
                nodes(run.variables(frame())));
    }

    private Move begin() {
        var state = state();
        var before = frame().lastEvent();
        var entered =
                run.event(
                        frame(),
                        Events.entered(state),
                        new EventDetails.StateEntered(state.name(), frame().input()));
        run.put(
                entered.in(
                        new Visit(
                                entered.lastEvent(),
                                before,
                                run.engine().clock().instant(),
                                0,
                                List.of())));
        return attempt(() -> perform(state));
    }

    private Move perform(State state) {
        return switch (state) {
            case State.Pass pass -> leave(evaluator.pass(pass, scope()), pass.then());
            case State.Choice choice -> {
                var chosen = evaluator.choose(choice, scope());
                yield leave(chosen.outcome(), new Transition.To(chosen.next()));
            }
            case State.Succeed succeed ->
                    leave(evaluator.succeed(succeed, scope()), new Transition.End());
            case State.Fail fail -> fails(evaluator.fail(fail, scope()));
            case State.Wait wait -> pause(wait);
            case State.Task task ->
                    Tasks.schedule(run, frame(), task, scope())
                            .map(this::handle)
                            .orElseGet(Move.Stay::new);
            case State.Parallel parallel -> {
                var input = Datum.of(evaluator.enter(parallel, scope()));
                // "After Parameters processing" too (developer guide, States.DataLimitExceeded).
                if (run.isTooLarge(input)) {
                    yield handle(Tasks.tooLarge(parallel.name()));
                }
                Forks.branches(run, frame(), parallel, input);
                yield new Move.Stay();
            }
            case State.MapState map -> {
                if (map.iteration().distribution().isPresent()) {
                    MapRuns.start(run, frame(), map, map.iteration().distribution().get(), scope());
                } else {
                    Forks.iterations(run, frame(), map, evaluator.iterations(map, scope()));
                }
                yield new Move.Stay();
            }
        };
    }

    private Move pause(State.Wait wait) {
        var until =
                switch (evaluator.pause(wait, scope())) {
                    case Pause.For(var duration) -> frame().visit().enteredAt().plus(duration);
                    case Pause.Until(var time) -> time;
                };
        if (!until.isAfter(run.engine().clock().instant())) {
            return elapsed();
        }
        run.put(frame().waitingFor(new Waiting.Timer(until)));
        return new Move.Stay();
    }

    private Move elapsed() {
        if (!(state() instanceof State.Wait wait)) {
            throw new IllegalStateException("%s is no Wait state".formatted(state().name()));
        }
        return leave(evaluator.waited(wait, scope()), wait.then());
    }

    private Move result(TaskOutcome answer) {
        var outcome = Tasks.limited(run, frame(), answer);
        Tasks.ended(run, frame(), outcome);
        return switch (outcome) {
            case TaskOutcome.Failed(var reason) -> handle(reason);
            case TaskOutcome.Done(var output) ->
                    attempt(() ->
                            leave(
                                    evaluator.exit(state(), scope(), output.node()),
                                    Events.then(state())));
        };
    }

    private Move submission(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Done(var output) -> {
                Tasks.submitted(run, frame(), Optional.of(output));
                yield new Move.Stay();
            }
            case TaskOutcome.Failed(var reason) -> {
                Tasks.notSubmitted(run, frame(), reason);
                yield handle(reason);
            }
        };
    }

    private Move joined(Fork fork) {
        var state = state();
        // The event of success leads nowhere: what follows refers to the last branch's end.
        run.event(frame().lastEvent(), Events.succeeded(state), new EventDetails.None());
        return leave(evaluator.exit(state, scope(), Forks.output(fork)), Events.then(state));
    }

    private Move collected(Datum output) {
        var state = state();
        MapRuns.ended(run, frame(), Status.SUCCEEDED);
        var over = run.event(frame(), EventType.MAP_RUN_SUCCEEDED, new EventDetails.None());
        run.event(over.lastEvent(), EventType.MAP_STATE_SUCCEEDED, new EventDetails.None());
        return leave(evaluator.exit(state, scope(), output.node()), Events.then(state));
    }

    /** Does what may turn out not to work for the data at hand. */
    private Move attempt(Supplier<Move> work) {
        try {
            return work.get();
        } catch (EvaluationFailure e) {
            var reason = e.inState(frame().state(), frame().visit().enteredEvent());
            if (state().queryLanguage() == QueryLanguage.JSONATA) {
                run.put(frame().after(evaluationFailed(e, reason)));
            }
            return handle(reason, state().queryLanguage() == QueryLanguage.JSONATA);
        }
    }

    private long evaluationFailed(EvaluationFailure failure, StateError reason) {
        // As AWS writes it: a Wait's failure follows on its entering, any other state's beside it.
        var previous =
                state() instanceof State.Wait ? frame().lastEvent() : frame().visit().eventBefore();
        return run.event(
                previous,
                EventType.EVALUATION_FAILED,
                new EventDetails.EvaluationFailed(
                        frame().state(),
                        failure.error(),
                        reason.cause().orElse(""),
                        failure.location()));
    }

    private Move handle(StateError reason) {
        return handle(reason, true);
    }

    /** Has the state retried, or the error caught, or the frame fail. */
    private Move handle(StateError reason, boolean told) {
        var state = state();
        return switch (evaluator.retry(state, reason, frame().visit().attempts())) {
            case Retry.Again(var delay, var attempts) -> {
                run.put(
                        frame().in(frame().visit().withAttempts(attempts))
                                .waitingFor(
                                        new Waiting.Retry(
                                                run.engine().clock().instant().plus(delay))));
                yield new Move.Stay();
            }
            case Retry.GiveUp _ -> {
                if (told) {
                    Events.failed(state)
                            .ifPresent(type -> run.event(frame(), type, new EventDetails.None()));
                }
                yield catching(state, reason);
            }
        };
    }

    private Move catching(State state, StateError reason) {
        try {
            var caught = evaluator.catchError(state, scope(), reason);
            if (caught.isEmpty()) {
                return fails(reason);
            }
            run.caught(frame(), reason);
            return leave(
                    caught.get().outcome(),
                    new Transition.To(caught.get().next()),
                    Stay.End.CAUGHT);
        } catch (EvaluationFailure e) {
            return fails(e.inState(state.name(), frame().visit().enteredEvent()));
        }
    }

    private Move fails(StateError reason) {
        Forks.failed(run, frame(), reason);
        return new Move.Stay();
    }

    private Move leave(Outcome outcome, Transition then) {
        return leave(outcome, then, Stay.End.EXITED);
    }

    private Move leave(Outcome outcome, Transition then, Stay.End how) {
        var state = state();
        var assigned = data(outcome.assigned());
        var output = Datum.of(outcome.output());
        if (run.isTooLarge(output)) {
            return handle(Tasks.tooLarge(state.name()));
        }
        var left =
                run.event(
                        frame(),
                        Events.exited(state),
                        new EventDetails.StateExited(state.name(), output, assigned));
        run.stayed(left, how);
        return switch (then) {
            case Transition.To(var next) -> {
                run.put(left.with(assigned).at(next, output));
                yield new Move.To(next);
            }
            case Transition.End _ -> {
                Forks.succeeded(run, left, output);
                yield new Move.End();
            }
        };
    }

    private static Map<String, JsonNode> nodes(Map<String, Datum> data) {
        var nodes = new LinkedHashMap<String, JsonNode>();
        data.forEach((name, datum) -> nodes.put(name, datum.node()));
        return nodes;
    }

    private static Map<String, Datum> data(Map<String, JsonNode> nodes) {
        var data = new LinkedHashMap<String, Datum>();
        nodes.forEach((name, node) -> data.put(name, Datum.of(node)));
        return data;
    }
}
