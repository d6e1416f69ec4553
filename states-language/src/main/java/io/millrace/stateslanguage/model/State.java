package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.template.Template;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A state: one of the eight types of the language, each with the fields that it may have. */
public sealed interface State {

    String name();

    Optional<String> comment();

    /** How data flows through the state, in its own query language. */
    DataFlow data();

    default QueryLanguage queryLanguage() {
        return data().queryLanguage();
    }

    /** The value of Type in a definition. */
    default String type() {
        return switch (this) {
            case Task _ -> "Task";
            case Pass _ -> "Pass";
            case Choice _ -> "Choice";
            case Wait _ -> "Wait";
            case Succeed _ -> "Succeed";
            case Fail _ -> "Fail";
            case Parallel _ -> "Parallel";
            case MapState _ -> "Map";
        };
    }

    /** The rules for running the state again, in order; none where the type has no Retry. */
    default List<Retrier> retriers() {
        return switch (this) {
            case Task task -> task.retry();
            case Parallel parallel -> parallel.retry();
            case MapState map -> map.retry();
            case Pass _, Choice _, Wait _, Succeed _, Fail _ -> List.of();
        };
    }

    /** The ways out after an error, in order; none where the type has no Catch. */
    default List<Catcher> catchers() {
        return switch (this) {
            case Task task -> task.catchers();
            case Parallel parallel -> parallel.catchers();
            case MapState map -> map.catchers();
            case Pass _, Choice _, Wait _, Succeed _, Fail _ -> List.of();
        };
    }

    /**
     * Has work done elsewhere.
     *
     * @param resource the ARN that says by whom, and how its answer comes back
     * @param timeout TimeoutSeconds, TimeoutSecondsPath
     * @param heartbeat HeartbeatSeconds, HeartbeatSecondsPath
     */
    record Task(
            String name,
            Optional<String> comment,
            String resource,
            Optional<Setting> timeout,
            Optional<Setting> heartbeat,
            Optional<Template> credentials,
            DataFlow data,
            List<Retrier> retry,
            List<Catcher> catchers,
            Transition then)
            implements State {
        public Task {
            retry = List.copyOf(retry);
            catchers = List.copyOf(catchers);
        }
    }

    /**
     * Passes its input on, or a fixed result.
     *
     * @param result JSONPath only
     */
    record Pass(
            String name,
            Optional<String> comment,
            Optional<JsonNode> result,
            DataFlow data,
            Transition then)
            implements State {}

    /**
     * Goes on to the state of the first rule that holds.
     *
     * @param otherwise Default: where to go if no rule holds
     */
    record Choice(
            String name,
            Optional<String> comment,
            List<ChoiceRule> rules,
            Optional<String> otherwise,
            DataFlow data)
            implements State {
        public Choice {
            rules = List.copyOf(rules);
        }
    }

    /** Goes on later. */
    record Wait(
            String name, Optional<String> comment, WaitFor waitFor, DataFlow data, Transition then)
            implements State {}

    /** Ends its graph well. */
    record Succeed(String name, Optional<String> comment, DataFlow data) implements State {}

    /**
     * Ends its graph with an error.
     *
     * @param error Error, ErrorPath
     * @param cause Cause, CausePath
     */
    record Fail(
            String name,
            Optional<String> comment,
            Optional<Setting> error,
            Optional<Setting> cause,
            DataFlow data)
            implements State {}

    /** Runs its branches at the same time and goes on when all have ended. */
    record Parallel(
            String name,
            Optional<String> comment,
            List<StateGraph> branches,
            DataFlow data,
            List<Retrier> retry,
            List<Catcher> catchers,
            Transition then)
            implements State {
        public Parallel {
            branches = List.copyOf(branches);
            retry = List.copyOf(retry);
            catchers = List.copyOf(catchers);
        }
    }

    /** Runs its processor for each item of an array. */
    record MapState(
            String name,
            Optional<String> comment,
            Iteration iteration,
            DataFlow data,
            List<Retrier> retry,
            List<Catcher> catchers,
            Transition then)
            implements State {
        public MapState {
            retry = List.copyOf(retry);
            catchers = List.copyOf(catchers);
        }
    }
}
