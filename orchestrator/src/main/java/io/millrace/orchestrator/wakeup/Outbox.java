package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.Signal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Sends effects that were committed, and tells their executions what came of it. What it knows is a
 * hint: an effect of which nobody hears is sent again by whoever finds it due.
 */
final class Outbox {

    /** How long to wait for another commit that takes the news along. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EffectCalls calls;
    private final Children children;
    private final Executor executor;
    private final Alarm alarm;
    private final Observer observer;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    Outbox(
            EffectCalls calls,
            Children children,
            Executor executor,
            Alarm alarm,
            Observer observer) {
        this.calls = calls;
        this.children = children;
        this.executor = executor;
        this.alarm = alarm;
        this.observer = observer;
    }

    /** Sends the effects of a committed head. */
    void send(Head head, Iterable<Effect> effects, WakeUps wakeUps) {
        // What is set for later holds on to as little as it can.
        var id = head.id();
        for (var effect : effects) {
            var effectId = effect.id();
            if (inFlight.add(effect.id())) {
                alarm.after(Bounds.SIGN_OF_LIFE, () -> stillThere(id, effectId, wakeUps));
                executor.execute(() -> {
                    try (var _ = wakeUps.logging(id)) {
                        LogContext.add(head);
                        call(head, effect, wakeUps);
                    }
                });
            }
        }
    }

    private void call(Head head, Effect effect, WakeUps wakeUps) {
        try {
            switch (effect) {
                case Effect.Outside outside -> {
                    var news = new Signal.Called(effect.id(), calls.call(head, outside));
                    observer.sent(effect.id());
                    if (effect instanceof Effect.Call call) {
                        children.jobs().stopIfAbandoned(head, call);
                    }
                    if (effect instanceof Effect.Call call && call.callback()) {
                        wakeUps.deliverSoon(head.id(), news, PATIENCE);
                    } else {
                        wakeUps.tell(head.id(), news);
                    }
                }
                case Effect.Among among -> children.send(head, among);
            }
        } catch (RuntimeException e) {
            observer.sendingFailed(effect.id(), e);
        } finally {
            inFlight.remove(effect.id());
        }
    }

    private void stillThere(ExecutionId execution, String effect, WakeUps wakeUps) {
        if (inFlight.contains(effect)) {
            wakeUps.tell(execution, new Signal.StillCalling(effect));
            alarm.after(Bounds.SIGN_OF_LIFE, () -> stillThere(execution, effect, wakeUps));
        }
    }

    int inFlight() {
        return inFlight.size();
    }
}
