package io.millrace.errorhandler.failure;

import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.FailureRecord;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskResult;
import io.millrace.events.TaskSucceeded;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides what becomes of a failure: an answer, if an execution waits for one and takes it, because
 * then the execution decides what follows; otherwise a record.
 */
public final class FailureHandling {

    /** The source of what error-handler says. */
    public static final URI SOURCE = URI.create("/millrace/error-handler");

    /** The error of a message that was received too often without any exception told. */
    private static final String CRASHED = "Millrace.HandlerCrashed";

    private static final String UNKNOWN_CAUSE =
            "the handler ended without telling why: it was killed, or took longer than the message was hidden";

    /** So that a record always fits a message, whatever the cause consists of. */
    private static final int MAX_CAUSE = 16_384;

    private final Classifier classifier;
    private final TaskAnswers answers;
    private final Payloads payloads;
    private final InstantSource clock;

    public FailureHandling(
            EventJson json, TaskAnswers answers, Payloads payloads, InstantSource clock) {
        this.classifier = new Classifier(json);
        this.answers = answers;
        this.payloads = payloads;
        this.clock = clock;
    }

    /** The record that a failed message becomes, if it becomes one. */
    public Optional<Event<FailureRecord>> handle(FailedMessage message) {
        return switch (classifier.classify(message)) {
            case Failure.Task(var token, var subject) ->
                    answers.fail(token, error(message), cause(message))
                            ? Optional.empty()
                            : Optional.of(record(message, subject));
            case Failure.Answer(var result, var subject) ->
                    isTaken(result) ? Optional.empty() : Optional.of(record(message, subject));
            case Failure.Execution(var event, var subject) -> Optional.of(record(event, subject));
            case Failure.Other(var subject) -> Optional.of(record(message, subject));
            case Failure.Unknown(var subject) -> Optional.of(record(message, subject));
        };
    }

    private boolean isTaken(TaskResult result) {
        return switch (result) {
            case TaskSucceeded(var token, var output) -> answers.succeed(token, output);
            case TaskFailed(var token, var error, var cause) -> answers.fail(token, error, cause);
        };
    }

    private Event<FailureRecord> record(Event<ExecutionFailed> event, Subject subject) {
        var failed = event.data();
        var id = recordId(subject);
        var failure =
                new FailureRecord(
                        failed.stateMachineArn(),
                        failed.error(),
                        cut(failed.cause()),
                        payloads.keep(id, failed.input().toString()),
                        subject.eventId(),
                        subject.executionArn(),
                        subject.state(),
                        failed.attempts(),
                        event.time());
        return Event.of(id, SOURCE, event.time(), failure).withTrace(subject.trace());
    }

    private Event<FailureRecord> record(FailedMessage message, Subject subject) {
        var id = recordId(subject);
        var now = clock.instant();
        var failure =
                new FailureRecord(
                        message.originalQueue().orElse(subject.place()),
                        error(message),
                        cut(cause(message)),
                        payloads.keep(id, message.body()),
                        subject.eventId(),
                        subject.executionArn(),
                        subject.state(),
                        message.attempts().orElse(0),
                        now);
        return Event.of(id, SOURCE, now, failure).withTrace(subject.trace());
    }

    private static String recordId(Subject subject) {
        return "failure/" + EventIds.hash(subject.id());
    }

    private static String error(FailedMessage message) {
        return message.exceptionType().orElse(CRASHED);
    }

    private static String cause(FailedMessage message) {
        return message.exceptionMessage().orElse(UNKNOWN_CAUSE);
    }

    private static String cut(String cause) {
        return cause.length() <= MAX_CAUSE ? cause : cause.substring(0, MAX_CAUSE);
    }
}
