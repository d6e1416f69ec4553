package io.millrace.errorhandler.failure;

import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.InvalidEvent;
import io.millrace.events.TaskRequest;
import java.nio.charset.StandardCharsets;

/** What a failed message is. */
public sealed interface Failure {

    /** A task that no worker could do; an execution waits for its answer. */
    record Task(Event<TaskRequest> request, FailedMessage message) implements Failure {}

    /** An execution that ended without success. */
    record Execution(Event<ExecutionFailed> event, FailedMessage message) implements Failure {}

    /** An event of another kind. */
    record Other(Event<?> event, FailedMessage message) implements Failure {}

    /** Something that is no event of ours: AWS's own JSON, a malformed line, anything. */
    record Unknown(FailedMessage message) implements Failure {}

    /** Tells what a message is. */
    static Failure of(FailedMessage message, EventJson json) {
        try {
            var event = json.read(message.body().getBytes(StandardCharsets.UTF_8));
            return switch (event.data()) {
                case TaskRequest data -> new Task(retyped(event, data), message);
                case ExecutionFailed data -> new Execution(retyped(event, data), message);
                default -> new Other(event, message);
            };
        } catch (InvalidEvent _) {
            return new Unknown(message);
        }
    }

    private static <D extends EventData> Event<D> retyped(Event<?> event, D data) {
        return new Event<>(
                event.id(), event.source(), event.subject(), event.time(), event.trace(), data);
    }
}
