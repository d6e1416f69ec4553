package io.millrace.errorhandler.failure;

import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.FailureRecord;
import io.millrace.events.TraceParent;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides what becomes of a failure: an answer, if an execution waits for one and takes it, because
 * then the execution decides what follows; otherwise a record.
 */
public final class FailureHandling {

    private static final URI SOURCE = URI.create("/millrace/error-handler");

    /** The error of a task whose message was received too often without any exception told. */
    private static final String CRASHED = "Millrace.HandlerCrashed";

    private static final String UNKNOWN_CAUSE =
            "the handler ended without telling why: it was killed, or took longer than the message was hidden";

    private final EventJson json;
    private final TaskAnswers answers;
    private final Payloads payloads;
    private final InstantSource clock;

    public FailureHandling(
            EventJson json, TaskAnswers answers, Payloads payloads, InstantSource clock) {
        this.json = json;
        this.answers = answers;
        this.payloads = payloads;
        this.clock = clock;
    }

    /** The record that a failed message becomes, if it becomes one. */
    public Optional<Event<FailureRecord>> handle(FailedMessage message) {
        return switch (Failure.of(message, json)) {
            case Failure.Task task -> answerOrRecord(task);
            case Failure.Execution(var event, _) -> Optional.of(record(event));
            case Failure.Other(var event, _) ->
                    Optional.of(
                            record(
                                    message,
                                    event.id(),
                                    Optional.of(event.id()),
                                    message.originalQueue().orElse(event.source().toString()),
                                    event.trace()));
            case Failure.Unknown _ ->
                    Optional.of(
                            record(
                                    message,
                                    message.messageId(),
                                    Optional.empty(),
                                    message.originalQueue()
                                            .orElseGet(() -> Origins.of(message.body())),
                                    Optional.empty()));
        };
    }

    private Optional<Event<FailureRecord>> answerOrRecord(Failure.Task task) {
        var request = task.request();
        var message = task.message();
        if (answers.fail(request.data().taskToken(), error(message), cause(message))) {
            return Optional.empty();
        }
        var id = recordId(request.id());
        var failure =
                new FailureRecord(
                        message.originalQueue().orElse("task " + request.data().state()),
                        error(message),
                        cause(message),
                        payloads.keep(id, message.body()),
                        Optional.of(request.id()),
                        Optional.of(request.data().executionArn()),
                        Optional.of(request.data().state()),
                        message.attempts().orElse(0),
                        clock.instant());
        return Optional.of(event(id, failure, request.trace()));
    }

    private Event<FailureRecord> record(Event<ExecutionFailed> event) {
        var failed = event.data();
        var id = recordId(failed.executionArn());
        var failure =
                new FailureRecord(
                        failed.stateMachineArn(),
                        failed.error(),
                        failed.cause(),
                        payloads.keep(id, failed.input().toString()),
                        Optional.of(event.id()),
                        Optional.of(failed.executionArn()),
                        Optional.of(failed.failedState()).filter(state -> !state.isEmpty()),
                        failed.attempts(),
                        event.time());
        return event(id, failure, event.trace());
    }

    private Event<FailureRecord> record(
            FailedMessage message,
            String failedId,
            Optional<String> originalId,
            String origin,
            Optional<TraceParent> trace) {
        var id = recordId(failedId);
        var failure =
                new FailureRecord(
                        origin,
                        error(message),
                        cause(message),
                        payloads.keep(id, message.body()),
                        originalId,
                        Optional.empty(),
                        Optional.empty(),
                        message.attempts().orElse(0),
                        clock.instant());
        return event(id, failure, trace);
    }

    private Event<FailureRecord> event(
            String id, FailureRecord failure, Optional<TraceParent> trace) {
        return Event.of(id, SOURCE, failure.failedAt(), failure).withTrace(trace);
    }

    /** The same each time the same thing fails, so that a record that comes twice is recognised. */
    private static String recordId(String failedId) {
        return "failure/" + EventIds.hash(failedId);
    }

    private static String error(FailedMessage message) {
        return message.exceptionType().orElse(CRASHED);
    }

    private static String cause(FailedMessage message) {
        return message.exceptionMessage().orElse(UNKNOWN_CAUSE);
    }
}
