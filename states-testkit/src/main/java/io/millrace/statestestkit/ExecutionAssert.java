package io.millrace.statestestkit;

import io.millrace.orchestrator.execution.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** Assertions on an execution; what fails tells the path that was taken. */
public final class ExecutionAssert extends AbstractAssert<ExecutionAssert, Execution> {

    ExecutionAssert(Execution actual) {
        super(actual, ExecutionAssert.class);
    }

    // ---- how it ended

    public ExecutionAssert succeeded() {
        return hasStatus(Status.SUCCEEDED);
    }

    public ExecutionAssert failed() {
        return hasStatus(Status.FAILED);
    }

    /** It failed with the error of that name. */
    public ExecutionAssert failedWith(String error) {
        return failed().check(actual.error().filter(error::equals).isPresent(), "error", error);
    }

    /** It failed with that error, and a cause that contains the text. */
    public ExecutionAssert failedWith(String error, String causePart) {
        return failedWith(error)
                .check(
                        actual.cause().filter(cause -> cause.contains(causePart)).isPresent(),
                        "a cause with",
                        causePart);
    }

    /** The TimeoutSeconds of the whole state machine has passed. */
    public ExecutionAssert timedOut() {
        return hasStatus(Status.TIMED_OUT);
    }

    /** Somebody stopped it. */
    public ExecutionAssert aborted() {
        return hasStatus(Status.ABORTED);
    }

    /** It has not ended. */
    public ExecutionAssert isRunning() {
        return hasStatus(Status.RUNNING);
    }

    public ExecutionAssert hasStatus(Status status) {
        return check(actual.status() == status, "status", status);
    }

    /** It waits in these states, and in no others. */
    public ExecutionAssert waitsIn(String... states) {
        return check(
                actual.waitsIn().stream()
                        .sorted()
                        .toList()
                        .equals(Arrays.stream(states).sorted().toList()),
                "to wait in",
                List.of(states));
    }

    /** The virtual time from its start to its end, or until now. */
    public ExecutionAssert took(Duration duration) {
        return check(
                actual.duration().equals(duration),
                "a duration of",
                duration + ", not " + actual.duration());
    }

    // ---- its path

    /** It entered these states in this order, whatever others between. */
    public ExecutionAssert visited(String... states) {
        Assertions.assertThat(actual.path()).as(description("path")).containsSubsequence(states);
        return this;
    }

    /** It entered these states in this order, and no others. */
    public ExecutionAssert visitedExactly(String... states) {
        Assertions.assertThat(actual.path()).as(description("path")).containsExactly(states);
        return this;
    }

    /** It entered none of these states. */
    public ExecutionAssert didNotVisit(String... states) {
        Assertions.assertThat(actual.path()).as(description("path")).doesNotContain(states);
        return this;
    }

    /** It entered the state that often; retries are no entering. */
    public ExecutionAssert visitedTimes(String state, int times) {
        var visits = actual.path().stream().filter(state::equals).count();
        return check(visits == times, "visits", "%d of %s, not %d".formatted(times, state, visits));
    }

    // ---- its data

    /**
     * @param json JSON text, or anything that Jackson can write as JSON
     */
    public ExecutionAssert hasOutput(Object json) {
        succeeded();
        var expected = Json.of(json, "The expected output");
        return check(Json.equal(actual.output(), expected), "output", expected);
    }

    /** What is at a place in the output, such as {@code /payment/id} (JSON Pointer, RFC 6901). */
    public ExecutionAssert hasOutputAt(String pointer, Object json) {
        succeeded();
        var expected = Json.of(json, "The expected output");
        return check(
                Json.equal(actual.output().at(pointer), expected),
                "output",
                "%s at %s, not %s".formatted(expected, pointer, actual.output().at(pointer)));
    }

    public ExecutionAssert hasOutputSatisfying(Consumer<JsonNode> requirements) {
        succeeded();
        requirements.accept(actual.output());
        return this;
    }

    /** The state was entered with that input, at one time at least. */
    public ExecutionAssert entered(String state, Object json) {
        return anyIs(actual.inputs(state), json, "inputs of " + state);
    }

    /** The state was left with that output, at one time at least. */
    public ExecutionAssert left(String state, Object json) {
        return anyIs(actual.outputs(state), json, "outputs of " + state);
    }

    /** The state's task was called with that, at one time at least. */
    public ExecutionAssert called(String state, Object json) {
        return anyIs(
                actual.calls(state).stream().map(TaskCall::input).toList(),
                json,
                "calls of " + state);
    }

    /** The state's task was called that often, retries included. */
    public ExecutionAssert calledTimes(String state, int times) {
        var calls = actual.calls(state).size();
        return check(calls == times, "calls", "%d of %s, not %d".formatted(times, state, calls));
    }

    private ExecutionAssert anyIs(List<JsonNode> values, Object json, String what) {
        var expected = Json.of(json, "What is expected of " + what);
        return check(
                values.stream().anyMatch(value -> Json.equal(value, expected)),
                what,
                "%s among %s".formatted(expected, values));
    }

    // ---- its retries and its history

    /** The state was retried, after exactly these delays. */
    public ExecutionAssert retried(String state, Duration... delays) {
        Assertions.assertThat(actual.retries(state))
                .as(description("delays before the retries of " + state))
                .containsExactly(delays);
        return this;
    }

    /** The state was never retried. */
    public ExecutionAssert didNotRetry(String state) {
        return retried(state);
    }

    /** The history has events of these types in this order, whatever others between. */
    public ExecutionAssert hasEvents(String... types) {
        Assertions.assertThat(actual.eventTypes())
                .as(description("events"))
                .containsSubsequence(types);
        return this;
    }

    /** The history has events of these types in this order, and no others. */
    public ExecutionAssert hasExactlyEvents(String... types) {
        Assertions.assertThat(actual.eventTypes()).as(description("events")).containsExactly(types);
        return this;
    }

    private String description(String what) {
        return "%s of an execution that %s".formatted(what, actual.describe());
    }

    private ExecutionAssert check(boolean holds, String what, Object expected) {
        if (!holds) {
            failWithMessage(
                    "Expecting %s %s, but the execution %s", what, expected, actual.describe());
        }
        return this;
    }
}
