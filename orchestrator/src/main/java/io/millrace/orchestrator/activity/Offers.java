package io.millrace.orchestrator.activity;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.stateslanguage.error.StateError;
import java.util.function.Consumer;

/** Puts the tasks of activities into their queues; others do all other effects. */
public final class Offers implements EffectCalls {

    private static final TaskOutcome OFFERED = new TaskOutcome.Done(Datum.ofText("{}"));

    private final ActivityStore activities;
    private final TaskQueue queue;
    private final Engine engine;
    private final Arns arns;
    private final Consumer<String> onOffer;
    private final EffectCalls others;

    /**
     * @param onOffer is told the name of the activity that has a new task
     */
    public Offers(
            ActivityStore activities,
            TaskQueue queue,
            Engine engine,
            Arns arns,
            Consumer<String> onOffer,
            EffectCalls others) {
        this.activities = activities;
        this.queue = queue;
        this.engine = engine;
        this.arns = arns;
        this.onOffer = onOffer;
        this.others = others;
    }

    @Override
    public TaskOutcome call(Head head, Effect.Outside effect) {
        return effect instanceof Effect.Call call
                        && TaskResource.parse(call.resource()).orElse(null)
                                instanceof TaskResource.Activity(var arn)
                ? offer(head, call, arn)
                : others.call(head, effect);
    }

    private TaskOutcome offer(Head head, Effect.Call call, String arn) {
        return arns.activityName(arn)
                .flatMap(activities::find)
                .map(activity -> offer(head, call, activity))
                .orElseGet(() ->
                        new TaskOutcome.Failed(
                                StateError.of(
                                        "ActivityDoesNotExist",
                                        "Activity Does Not Exist: '%s'".formatted(arn))));
    }

    private TaskOutcome offer(Head head, Effect.Call call, Activity activity) {
        for (var frame : head.frames()) {
            if (frame.id().equals(call.frame())
                    && frame.waiting() instanceof Waiting.Worker worker
                    && worker.event() == call.event()) {
                var token = engine.token(head, frame).orElseThrow();
                queue.add(QueuedTask.of(activity.name(), worker.since(), call.id(), token));
                onOffer.accept(activity.name());
            }
        }
        return OFFERED;
    }
}
