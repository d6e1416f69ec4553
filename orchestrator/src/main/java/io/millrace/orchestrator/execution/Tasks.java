package io.millrace.orchestrator.execution;

import io.millrace.orchestrator.execution.Signal.TaskKey;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.time.Duration;
import java.util.Optional;

/** Schedules tasks and writes down what becomes of them. */
final class Tasks {

    private Tasks() {}

    static String effectId(Run run, long event) {
        return run.engine().arns().execution(run.before().id()) + "#" + event;
    }

    /**
     * @return why it cannot be scheduled
     * @throws EvaluationFailure if the task's fields do not work for the data at hand
     */
    static Optional<StateError> schedule(Run run, Frame frame, State.Task task, Scope scope) {
        var resource = resource(task.resource());
        var event = run.nextEvent();
        var nonce =
                resource.byToken() || resource.isJob()
                        ? Optional.of(run.engine().nonce())
                        : Optional.<String>empty();
        var seen =
                nonce.filter(_ -> resource instanceof TaskResource.Service && !resource.isJob())
                        .map(text -> new TaskKey(run.before().id(), frame.id(), event, text))
                        .map(run.engine()::token)
                        .map(token -> ContextObject.withToken(scope, token))
                        .orElse(scope);
        var evaluator = run.engine().evaluator();
        var parameters = Datum.of(evaluator.enter(task, seen));
        if (run.isTooLarge(parameters)) {
            return Optional.of(tooLarge(task.name()));
        }
        var limits = evaluator.limits(task, seen);
        var scheduled =
                scheduled(run, frame, resource, parameters, limits.timeout(), limits.heartbeat());
        var now = run.engine().clock().instant();
        run.put(
                scheduled.waitingFor(
                        resource instanceof TaskResource.Activity
                                ? new Waiting.Worker(
                                        event,
                                        task.resource(),
                                        nonce,
                                        now,
                                        limits.timeout(),
                                        limits.heartbeat())
                                : new Waiting.Answer(
                                        event,
                                        task.resource(),
                                        nonce,
                                        limits.timeout().map(now::plus),
                                        limits.heartbeat(),
                                        limits.heartbeat().map(now::plus),
                                        Optional.empty(),
                                        Jobs.of(run, resource, parameters, event))));
        run.send(
                new Effect.Call(
                        effectId(run, event),
                        frame.id(),
                        event,
                        task.resource(),
                        parameters,
                        resource.byToken() || resource.isJob(),
                        run.sendAgainAt()));
        return Optional.empty();
    }

    private static Frame scheduled(
            Run run,
            Frame frame,
            TaskResource resource,
            Datum parameters,
            Optional<Duration> timeout,
            Optional<Duration> heartbeat) {
        return switch (resource) {
            case TaskResource.Function(var arn) -> {
                var after =
                        run.event(
                                frame,
                                EventType.LAMBDA_FUNCTION_SCHEDULED,
                                new EventDetails.FunctionScheduled(
                                        arn, parameters, timeout.map(Duration::toSeconds)));
                yield run.event(after, EventType.LAMBDA_FUNCTION_STARTED, new EventDetails.None());
            }
            case TaskResource.Activity(var arn) ->
                    run.event(
                            frame,
                            EventType.ACTIVITY_SCHEDULED,
                            new EventDetails.ActivityScheduled(
                                    arn,
                                    parameters,
                                    timeout.map(Duration::toSeconds),
                                    heartbeat.map(Duration::toSeconds)));
            case TaskResource.Service service -> {
                var after =
                        run.event(
                                frame,
                                EventType.TASK_SCHEDULED,
                                new EventDetails.TaskScheduled(
                                        service.service(),
                                        service.text(),
                                        run.engine().arns().region(),
                                        parameters,
                                        timeout.map(Duration::toSeconds),
                                        heartbeat.map(Duration::toSeconds)));
                yield run.event(
                        after,
                        EventType.TASK_STARTED,
                        new EventDetails.TaskStarted(service.service(), service.text()));
            }
        };
    }

    /** The task was handed over; its result comes with a token. */
    static void submitted(Run run, Frame frame, Optional<Datum> output) {
        if (service(frame) instanceof TaskResource.Service service) {
            run.event(
                    frame,
                    EventType.TASK_SUBMITTED,
                    new EventDetails.TaskOutput(service.service(), service.text(), output));
        }
    }

    static void notSubmitted(Run run, Frame frame, StateError reason) {
        failed(run, frame, EventType.TASK_SUBMIT_FAILED, reason);
    }

    /** The outcome, or that it is more than a state may hand on. */
    static TaskOutcome limited(Run run, Frame frame, TaskOutcome outcome) {
        return outcome instanceof TaskOutcome.Done(var output) && run.isTooLarge(output)
                ? new TaskOutcome.Failed(
                        tooLarge(
                                switch (service(frame)) {
                                    case TaskResource.Function(var arn) -> arn;
                                    case TaskResource.Activity(var arn) -> arn;
                                    case TaskResource.Service service -> service.service();
                                }))
                : outcome;
    }

    static StateError tooLarge(String stateOrTask) {
        return StateError.of(
                ErrorNames.DATA_LIMIT_EXCEEDED,
                "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit."
                        .formatted(stateOrTask));
    }

    static void ended(Run run, Frame frame, TaskOutcome outcome) {
        switch (outcome) {
            case TaskOutcome.Failed(var reason) ->
                    failed(run, frame, EventType.TASK_FAILED, reason);
            case TaskOutcome.Done(var output) -> {
                switch (service(frame)) {
                    case TaskResource.Function _ ->
                            run.event(
                                    frame,
                                    EventType.LAMBDA_FUNCTION_SUCCEEDED,
                                    new EventDetails.Succeeded(output));
                    case TaskResource.Activity _ ->
                            run.event(
                                    frame,
                                    EventType.ACTIVITY_SUCCEEDED,
                                    new EventDetails.Succeeded(output));
                    case TaskResource.Service service ->
                            run.event(
                                    frame,
                                    EventType.TASK_SUCCEEDED,
                                    new EventDetails.TaskOutput(
                                            service.service(),
                                            service.text(),
                                            Optional.of(output)));
                }
            }
        }
    }

    static StateError timedOut(Run run, Frame frame, boolean silent) {
        var reason =
                new StateError(
                        Optional.of(silent ? ErrorNames.HEARTBEAT_TIMEOUT : ErrorNames.TIMEOUT),
                        Optional.empty());
        run.accepted(effectId(run, ((Waiting.Answer) frame.waiting()).event()));
        Jobs.abandoned(run, frame);
        failed(run, frame, EventType.TASK_TIMED_OUT, reason);
        return reason;
    }

    private static void failed(Run run, Frame frame, EventType type, StateError reason) {
        switch (service(frame)) {
            case TaskResource.Function _ ->
                    run.event(
                            frame,
                            type == EventType.TASK_TIMED_OUT
                                    ? EventType.LAMBDA_FUNCTION_TIMED_OUT
                                    : EventType.LAMBDA_FUNCTION_FAILED,
                            new EventDetails.Failed(reason.error(), reason.cause()));
            case TaskResource.Activity _ ->
                    run.event(
                            frame,
                            Activities.failure(type),
                            new EventDetails.Failed(reason.error(), reason.cause()));
            case TaskResource.Service service ->
                    run.event(
                            frame,
                            type,
                            new EventDetails.TaskFailed(
                                    service.service(),
                                    service.text(),
                                    reason.error(),
                                    reason.cause()));
        }
    }

    /** What waits for a task, unless it has ended. */
    static Optional<Waiting.ForTask> waiting(Run run, TaskKey task) {
        return run.find(task.frame())
                .map(Frame::waiting)
                .filter(Waiting.ForTask.class::isInstance)
                .map(Waiting.ForTask.class::cast)
                .filter(waiting ->
                        waiting.event() == task.event()
                                && waiting.nonce().filter(task.nonce()::equals).isPresent());
    }

    private static TaskResource service(Frame frame) {
        if (!(frame.waiting() instanceof Waiting.ForTask task)) {
            throw new IllegalStateException(frame.state() + " waits for no task");
        }
        return resource(task.resource());
    }

    private static TaskResource resource(String arn) {
        return TaskResource.parse(arn)
                .orElseThrow(() ->
                        EvaluationFailure.runtime(
                                "The resource provided %s is not recognized.".formatted(arn)));
    }
}
