package io.millrace.statestestkit;

import io.millrace.orchestrator.api.HistoryView;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Frame;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.AssertProvider;
import tools.jackson.databind.JsonNode;

/**
 * An execution in virtual time. {@code assertThat(execution)} of AssertJ has the assertions. While
 * it waits, the test can let time pass and answer its tokens.
 */
public final class Execution implements AssertProvider<ExecutionAssert> {

    private final Rehearsal rehearsal;
    private final ExecutionId id;

    Execution(Rehearsal rehearsal, ExecutionId id) {
        this.rehearsal = rehearsal;
        this.id = id;
    }

    // ---- what happens next

    /** Lets everything happen until its end, or until nothing more happens by itself. */
    public Execution finish() {
        rehearsal.goOn(Instant.MAX);
        return this;
    }

    /** Lets time pass, and everything happen that is due until then. */
    public Execution advance(Duration time) {
        rehearsal.advance(time);
        return this;
    }

    /** The token that a state waits for; the same that its call was given. */
    public String token(String state) {
        return waiting(state)
                .flatMap(frame -> rehearsal.token(head(), frame).stream())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "State '%s' waits for no token: %s".formatted(state, describe())));
    }

    /** SendTaskSuccess, by whoever got the token. */
    public Execution sendTaskSuccess(String token, Object output) {
        rehearsal.answer(
                token, new TaskOutcome.Done(Datum.of(Json.of(output, "The task's output"))));
        return this;
    }

    /** SendTaskFailure, by whoever got the token. */
    public Execution sendTaskFailure(String token, String error, String cause) {
        rehearsal.answer(token, new TaskOutcome.Failed(StateError.of(error, cause)));
        return this;
    }

    /** SendTaskHeartbeat, by whoever got the token. */
    public Execution sendTaskHeartbeat(String token) {
        rehearsal.heartbeat(token);
        return this;
    }

    /** StopExecution. */
    public Execution stop(String error, String cause) {
        rehearsal.stop(StateError.of(error, cause));
        return this;
    }

    // ---- what has happened

    public String name() {
        return id.name();
    }

    public Status status() {
        return head().status();
    }

    /**
     * @throws IllegalStateException if it has not succeeded
     */
    public JsonNode output() {
        return head().output()
                .map(Datum::node)
                .orElseThrow(() -> new IllegalStateException("There is no output: " + describe()));
    }

    /** The name of the error by which it failed. */
    public Optional<String> error() {
        return head().failure().map(Failure::reason).flatMap(StateError::error);
    }

    /** The cause that it failed with. */
    public Optional<String> cause() {
        return head().failure().map(Failure::reason).flatMap(StateError::cause);
    }

    /** How long it took, or has been running, in virtual time. */
    public Duration duration() {
        return Duration.between(head().startedAt(), head().endedAt().orElseGet(rehearsal::now));
    }

    /** The states in the order in which they were entered, those within Map and Parallel too. */
    public List<String> path() {
        return entered().map(EventDetails.StateEntered::name).toList();
    }

    /** What a state was entered with, each time. */
    public List<JsonNode> inputs(String state) {
        return entered()
                .filter(event -> event.name().equals(state))
                .map(event -> event.input().node())
                .toList();
    }

    /** What a state was left with, each time. */
    public List<JsonNode> outputs(String state) {
        return details(EventDetails.StateExited.class)
                .filter(event -> event.name().equals(state))
                .map(event -> event.output().node())
                .toList();
    }

    /** The calls of a state's task, retries included. */
    public List<TaskCall> calls(String state) {
        return rehearsal.calls().stream()
                .filter(call -> call.execution().equals(id.name()) && call.state().equals(state))
                .toList();
    }

    /** How long was waited before each retry of a state. */
    public List<Duration> retries(String state) {
        return rehearsal.delayed().stream()
                .filter(retry -> retry.execution().equals(id) && retry.state().equals(state))
                .map(Rehearsal.Delayed::delay)
                .toList();
    }

    /** The states that it waits in now. */
    public List<String> waitsIn() {
        return head().frames().stream()
                .filter(frame ->
                        head().frames().stream()
                                .noneMatch(other -> other.parent().equals(Optional.of(frame.id()))))
                .map(Frame::state)
                .toList();
    }

    /** The children that its distributed Maps have begun, in order. */
    public List<Execution> children() {
        return rehearsal.heads().stream()
                .filter(head ->
                        head.parent().filter(place -> place.execution().equals(id)).isPresent())
                .map(head -> new Execution(rehearsal, head.id()))
                .toList();
    }

    /** The history as GetExecutionHistory tells it. */
    public List<JsonNode> history() {
        var view = new HistoryView();
        return events().map(event -> (JsonNode) view.view(event, true)).toList();
    }

    /** The types of the history's events. */
    public List<String> eventTypes() {
        return events().map(event -> event.type().text()).toList();
    }

    @Override
    public ExecutionAssert assertThat() {
        return new ExecutionAssert(this);
    }

    /** What became of it, in a line or two. */
    String describe() {
        var how =
                switch (status()) {
                    case RUNNING ->
                            "still runs after %s and waits in %s, for what no mock and nobody answers"
                                    .formatted(duration(), waitsIn());
                    case SUCCEEDED -> "SUCCEEDED with " + output();
                    case FAILED, TIMED_OUT, ABORTED ->
                            status()
                                    + error().map(" with "::concat).orElse("")
                                    + cause().filter(text -> !text.isEmpty())
                                            .map(": "::concat)
                                            .orElse("");
                };
        return "%s%npath: %s".formatted(how, String.join(" → ", path()));
    }

    @Override
    public String toString() {
        return "execution that " + describe();
    }

    private Head head() {
        return rehearsal.head(id);
    }

    private Stream<Frame> waiting(String state) {
        return head().frames().stream().filter(frame -> frame.state().equals(state));
    }

    private Stream<HistoryEvent> events() {
        return rehearsal.history(id).stream();
    }

    private Stream<EventDetails.StateEntered> entered() {
        return details(EventDetails.StateEntered.class);
    }

    private <D extends EventDetails> Stream<D> details(Class<D> type) {
        return events().map(HistoryEvent::details).filter(type::isInstance).map(type::cast);
    }
}
