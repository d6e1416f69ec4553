package io.millrace.statestestkit;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Frame;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.Verdict;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.virtualtime.Outside;
import io.millrace.orchestrator.virtualtime.VirtualExecutions;
import io.millrace.orchestrator.virtualtime.VirtualTime;
import io.millrace.stateslanguage.error.StateError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** One test's execution with everything around it: the engine, the mocks, and what was seen. */
final class Rehearsal implements Outside {

    static final Arns ARNS = new Arns("us-east-1", "123456789012");

    /** Step Functions ends a Standard execution with more events (Step Functions, "Quotas"). */
    private static final int MOST_EVENTS = 25_000;

    private static final TaskOutcome SUBMITTED = new TaskOutcome.Done(Datum.ofText("{}"));

    private final Setup setup;
    private final VirtualTime time;
    private final VirtualExecutions executions;
    private final ExecutionId id;
    private final Map<ExecutionId, Head> heads = new LinkedHashMap<>();
    private final Map<ExecutionId, Long> covered = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final List<TaskCall> calls = new ArrayList<>();
    private final Set<Delayed> delayed = new LinkedHashSet<>();

    /**
     * A retry that was decided on.
     *
     * @param visit the event by which the state was entered
     */
    record Delayed(
            ExecutionId execution,
            String frame,
            long visit,
            List<Integer> attempts,
            String state,
            Duration delay) {}

    Rehearsal(Setup setup, JsonNode input) {
        this.setup = setup;
        this.time = new VirtualTime(setup.startAt());
        this.id = new ExecutionId(setup.name(), setup.execution());
        this.executions =
                new VirtualExecutions(
                        setup.definition(),
                        time,
                        setup.seed(),
                        ARNS,
                        this,
                        new MapData(ARNS, setup.mocks().items(), this::heads),
                        setup.coverage().inspector());
        executions.start(id, "arn:aws:iam::123456789012:role/test", Datum.of(input));
        goOn(setup.startAt());
    }

    // ---- what the engine asks

    @Override
    public void committed(Head head) {
        heads.put(head.id(), head);
        for (var frame : head.frames()) {
            if (frame.waiting() instanceof Waiting.Retry(var at)) {
                var visit = frame.visit();
                delayed.add(
                        new Delayed(
                                head.id(),
                                frame.id(),
                                visit.enteredEvent(),
                                visit.attempts(),
                                frame.state(),
                                Duration.between(time.instant(), at)));
            }
        }
        if (head.nextEvent() > MOST_EVENTS) {
            throw new AssertionError(
                    "The execution has over %,d events, more than Step Functions allows; it went round %s"
                            .formatted(
                                    MOST_EVENTS,
                                    head.frames().stream().map(Frame::state).toList()));
        }
    }

    @Override
    public Optional<TaskOutcome> call(Head head, Effect.Call call) {
        var frame = frame(head, call.frame());
        var input = call.parameters().node();
        var found = setup.mocks().find(frame.state(), call.resource(), input);
        var token = executions.token(head, frame);
        var seen =
                new TaskCall(
                        head.id().name(),
                        frame.state(),
                        call.resource(),
                        input,
                        token.filter(_ -> !isJob(call)),
                        asked.merge(found.key(), 1, Integer::sum) - 1,
                        frame.visit().retryCount(),
                        time.instant());
        calls.add(seen);
        var answer = found.mock().answer(seen);
        if (token.isPresent()) {
            if (TaskResource.parse(call.resource()).orElseThrow()
                    instanceof TaskResource.Activity) {
                executions.take(token.get());
            }
            byToken(token.get(), answer);
            return Optional.of(SUBMITTED);
        }
        if (answer.delay().isZero()) {
            return answer.outcome();
        }
        answer.outcome()
                .ifPresent(outcome ->
                        time.after(
                                answer.delay(), () -> executions.called(head.id(), call, outcome)));
        return Optional.empty();
    }

    /** The end of a job comes as a token's answer does, but nobody is given the token. */
    private static boolean isJob(Effect.Call call) {
        return TaskResource.parse(call.resource()).filter(TaskResource::isJob).isPresent();
    }

    private static Frame frame(Head head, String frame) {
        return head.frames().stream()
                .filter(each -> each.id().equals(frame))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No frame waits for this call"));
    }

    private void byToken(String token, Answer answer) {
        answer.heartbeats()
                .ifPresent(every -> {
                    for (var at = every; at.compareTo(answer.delay()) < 0; at = at.plus(every)) {
                        time.after(at, () -> executions.heartbeat(token));
                    }
                });
        answer.outcome()
                .ifPresent(outcome ->
                        time.after(answer.delay(), () -> executions.answer(token, outcome)));
    }

    // ---- what the test asks

    /** Goes on until a time, or until the execution has ended, or nothing happens by itself. */
    void goOn(Instant latest) {
        try {
            while (!head().status().ended() && executions.goOn(latest)) {
                // One step after the other.
            }
            while (executions.goOn(time.instant())) {
                // What the end brings about: children are stopped, parents are told.
            }
        } finally {
            heads.values().forEach(this::cover);
        }
    }

    void advance(Duration duration) {
        var until = time.instant().plus(duration);
        goOn(until);
        time.moveTo(until);
    }

    /** The events of an execution that were not counted before are. */
    private void cover(Head head) {
        var last = covered.getOrDefault(head.id(), 0L);
        if (head.nextEvent() - 1 == last) {
            return;
        }
        for (var event : history(head.id())) {
            if (event.id() > last && event.details() instanceof EventDetails.StateEntered entered) {
                setup.coverage().visited(entered.name());
            }
        }
        covered.put(head.id(), head.nextEvent() - 1);
    }

    void answer(String token, TaskOutcome outcome) {
        await(executions.answer(token, outcome));
    }

    void heartbeat(String token) {
        await(executions.heartbeat(token));
    }

    private void await(Optional<CompletableFuture<Verdict>> verdict) {
        var sent =
                verdict.orElseThrow(() ->
                        new IllegalArgumentException(
                                "InvalidToken: the token is none of this execution's"));
        goOn(time.instant());
        if (sent.join() != Verdict.TAKEN) {
            throw new IllegalStateException(
                    "TaskTimedOut: the task of this token does not wait any more");
        }
    }

    void stop(StateError reason) {
        executions.stop(id, reason);
        goOn(time.instant());
    }

    Optional<String> token(Head head, Frame frame) {
        return executions.token(head, frame);
    }

    ExecutionId id() {
        return id;
    }

    Instant now() {
        return time.instant();
    }

    Head head() {
        return head(id);
    }

    Head head(ExecutionId execution) {
        var head = heads.get(execution);
        if (head == null) {
            throw new IllegalArgumentException("There is no execution " + execution);
        }
        return head;
    }

    Collection<Head> heads() {
        return List.copyOf(heads.values());
    }

    List<HistoryEvent> history(ExecutionId execution) {
        return executions.history(execution);
    }

    List<TaskCall> calls() {
        return Collections.unmodifiableList(calls);
    }

    List<Delayed> delayed() {
        return List.copyOf(delayed);
    }
}
