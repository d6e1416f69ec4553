package io.millrace.errorhandler.failure;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.FailureAlarm;
import io.millrace.events.FailureRecord;
import io.millrace.events.InvalidEvent;
import io.millrace.events.LoadRequest;
import io.millrace.events.ResultStored;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.events.WorkDone;
import io.millrace.events.WorkItem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells what a failed message is. */
final class Classifier {

    private final EventJson json;

    Classifier(EventJson json) {
        this.json = json;
    }

    Failure classify(FailedMessage message) {
        try {
            return classify(json.read(message.body().getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidEvent _) {
            return ForeignMessage.read(message).failure();
        }
    }

    private static Failure classify(Event<?> event) {
        return switch (event.data()) {
            case TaskRequest task -> new Failure.Task(task.taskToken(), subject(event, task));
            case TaskResult result -> new Failure.Answer(result, subject(event));
            case ExecutionFailed failed ->
                    new Failure.Execution(retyped(event, failed), subject(event, failed));
            case StartExecution _,
                    LoadRequest _,
                    WorkItem _,
                    WorkDone _,
                    ResultStored _,
                    BatchCompleted _,
                    FailureRecord _,
                    FailureAlarm _ ->
                    new Failure.Other(subject(event));
        };
    }

    private static Subject subject(Event<?> event) {
        return new Subject(
                event.id(),
                Optional.of(event.id()),
                event.source().toString(),
                Optional.empty(),
                Optional.empty(),
                event.trace());
    }

    /**
     * A task's failure is its execution's: whichever of the two is told of, or both, is one record.
     */
    private static Subject subject(Event<?> event, TaskRequest task) {
        return new Subject(
                task.executionArn(),
                Optional.of(event.id()),
                "task " + task.state(),
                Optional.of(task.executionArn()),
                Optional.of(task.state()),
                event.trace());
    }

    private static Subject subject(Event<?> event, ExecutionFailed failed) {
        return new Subject(
                failed.executionArn(),
                Optional.of(event.id()),
                failed.stateMachineArn(),
                Optional.of(failed.executionArn()),
                Optional.of(failed.failedState()).filter(state -> !state.isEmpty()),
                event.trace());
    }

    private static <D extends EventData> Event<D> retyped(Event<?> event, D data) {
        return new Event<>(
                event.id(), event.source(), event.subject(), event.time(), event.trace(), data);
    }
}
