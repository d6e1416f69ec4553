package io.millrace.orchestrator.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a history event says beside its type. */
public sealed interface EventDetails {

    /** How much data it carries, roughly: in characters. */
    default int size() {
        return Sizes.of(this);
    }

    record None() implements EventDetails {}

    record Started(
            Datum input,
            String roleArn,
            Optional<String> stateMachineVersionArn,
            Optional<String> stateMachineAliasArn)
            implements EventDetails {}

    record Succeeded(Datum output) implements EventDetails {}

    /** The end of an execution, or of a function, without success. */
    record Failed(Optional<String> error, Optional<String> cause) implements EventDetails {}

    record StateEntered(String name, Datum input) implements EventDetails {}

    record StateExited(String name, Datum output, Map<String, Datum> assigned)
            implements EventDetails {
        public StateExited {
            assigned = Collections.unmodifiableMap(new LinkedHashMap<>(assigned));
        }
    }

    record TaskScheduled(
            String resourceType,
            String resource,
            String region,
            Datum parameters,
            Optional<Long> timeoutSeconds,
            Optional<Long> heartbeatSeconds)
            implements EventDetails {}

    record TaskStarted(String resourceType, String resource) implements EventDetails {}

    /**
     * A task's result, or the answer to its call.
     *
     * @param output absent where the call's answer was lost and the result came all the same
     */
    record TaskOutput(String resourceType, String resource, Optional<Datum> output)
            implements EventDetails {}

    record TaskFailed(
            String resourceType, String resource, Optional<String> error, Optional<String> cause)
            implements EventDetails {}

    record FunctionScheduled(String resource, Datum input, Optional<Long> timeoutSeconds)
            implements EventDetails {}

    record ActivityScheduled(
            String resource,
            Datum input,
            Optional<Long> timeoutSeconds,
            Optional<Long> heartbeatSeconds)
            implements EventDetails {}

    record ActivityStarted(Optional<String> workerName) implements EventDetails {}

    record MapStarted(int length) implements EventDetails {}

    record MapRunStarted(String mapRunArn) implements EventDetails {}

    record Redriven(int redriveCount) implements EventDetails {}

    record MapRunRedriven(String mapRunArn, int redriveCount) implements EventDetails {}

    record Iteration(String name, int index) implements EventDetails {}

    record EvaluationFailed(String state, String error, String cause, Optional<String> location)
            implements EventDetails {}
}
