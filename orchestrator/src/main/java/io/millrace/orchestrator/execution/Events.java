package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.Transition;
import java.util.Optional;

/** Which events belong to which type of state. */
final class Events {

    private Events() {}

    static EventType entered(State state) {
        return switch (state) {
            case State.Task _ -> EventType.TASK_STATE_ENTERED;
            case State.Pass _ -> EventType.PASS_STATE_ENTERED;
            case State.Choice _ -> EventType.CHOICE_STATE_ENTERED;
            case State.Wait _ -> EventType.WAIT_STATE_ENTERED;
            case State.Succeed _ -> EventType.SUCCEED_STATE_ENTERED;
            case State.Fail _ -> EventType.FAIL_STATE_ENTERED;
            case State.Parallel _ -> EventType.PARALLEL_STATE_ENTERED;
            case State.MapState _ -> EventType.MAP_STATE_ENTERED;
        };
    }

    static EventType exited(State state) {
        return switch (state) {
            case State.Task _ -> EventType.TASK_STATE_EXITED;
            case State.Pass _ -> EventType.PASS_STATE_EXITED;
            case State.Choice _ -> EventType.CHOICE_STATE_EXITED;
            case State.Wait _ -> EventType.WAIT_STATE_EXITED;
            case State.Succeed _ -> EventType.SUCCEED_STATE_EXITED;
            case State.Parallel _ -> EventType.PARALLEL_STATE_EXITED;
            case State.MapState _ -> EventType.MAP_STATE_EXITED;
            case State.Fail fail ->
                    throw new IllegalStateException("Nothing leaves the Fail state " + fail.name());
        };
    }

    /** The event of a state that is left behind because something beside it has failed. */
    static Optional<EventType> aborted(State state) {
        return switch (state) {
            case State.Task _ -> Optional.of(EventType.TASK_STATE_ABORTED);
            case State.Wait _ -> Optional.of(EventType.WAIT_STATE_ABORTED);
            case State.Parallel _ -> Optional.of(EventType.PARALLEL_STATE_ABORTED);
            case State.MapState _ -> Optional.of(EventType.MAP_STATE_ABORTED);
            case State.Pass _, State.Choice _, State.Succeed _, State.Fail _ -> Optional.empty();
        };
    }

    static EventType succeeded(State state) {
        return state instanceof State.MapState
                ? EventType.MAP_STATE_SUCCEEDED
                : EventType.PARALLEL_STATE_SUCCEEDED;
    }

    /** The event of a state that is neither retried any more nor has succeeded. */
    static Optional<EventType> failed(State state) {
        return switch (state) {
            case State.Parallel _ -> Optional.of(EventType.PARALLEL_STATE_FAILED);
            case State.MapState _ -> Optional.of(EventType.MAP_STATE_FAILED);
            case State.Task _, State.Pass _, State.Choice _ -> Optional.empty();
            case State.Wait _, State.Succeed _, State.Fail _ -> Optional.empty();
        };
    }

    /** Where a state that has done its work leads. */
    static Transition then(State state) {
        return switch (state) {
            case State.Task task -> task.then();
            case State.Pass pass -> pass.then();
            case State.Wait wait -> wait.then();
            case State.Parallel parallel -> parallel.then();
            case State.MapState map -> map.then();
            case State.Succeed _ -> new Transition.End();
            case State.Choice _, State.Fail _ ->
                    throw new IllegalStateException(
                            "A %s state has no Next".formatted(state.type()));
        };
    }
}
