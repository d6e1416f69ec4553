package io.millrace.orchestrator.cost;

import io.millrace.orchestrator.execution.Bounds;
import io.millrace.stateslanguage.model.Distribution;
import io.millrace.stateslanguage.model.Distribution.ExecutionType;
import io.millrace.stateslanguage.model.Iteration;
import io.millrace.stateslanguage.model.Setting;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.WaitFor;
import java.time.Duration;
import java.util.Optional;

/** Walks the chosen way through a definition, and counts. For one execution. */
final class Walk {

    /** So many repetitions are counted one by one; those after them cost the same. */
    private static final int COUNTED = 20;

    /** What waits less is kept in the process; what waits longer is not set on the queue. */
    private static final Duration NEAR = Duration.ofSeconds(2);

    private static final Duration FAR = Duration.ofMinutes(15);

    /** Sent, received and deleted. */
    private static final int REQUESTS_OF_A_MESSAGE = 3;

    /** How long a callback task's call waits for a commit that takes the news of it along. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int PAGE_OF_CHILDREN = 100;
    private static final int CHILDREN_AT_ONCE = 1000;

    private final Ways ways;
    private final Assumptions assumptions;
    private final Meter meter;
    private Usage beside = Usage.NONE;

    Walk(Ways ways, Assumptions assumptions) {
        this.ways = ways;
        this.assumptions = assumptions;
        this.meter = new Meter(assumptions.payload());
    }

    /** A whole execution. */
    Usage execution(StateGraph graph) {
        meter.events(1);
        var last = through(graph);
        meter.events(1);
        if (last.filter(State.Fail.class::isInstance).isPresent()) {
            // The failure is reported on the queue before the outbox is empty.
            meter.pause();
            meter.messages(1);
        }
        meter.end();
        return counted();
    }

    private Usage counted() {
        return beside.plus(meter.usage(), 1);
    }

    private Optional<State> through(StateGraph graph) {
        var way = ways.through(graph);
        way.ifPresent(found ->
                found.legs()
                        .forEach(leg ->
                                repeat(leg.times(), () -> leg.states().forEach(this::state))));
        return way.map(found -> found.legs().getLast().states().getLast());
    }

    /** Does something so many times, the last ones by multiplication. */
    private void repeat(int times, Runnable once) {
        for (var i = 0; i < Math.min(times, COUNTED); i++) {
            once.run();
        }
        if (times > COUNTED) {
            var before = counted();
            once.run();
            beside = beside.plus(counted().plus(before, -1), times - COUNTED - 1);
        }
    }

    private void state(State state) {
        beside = beside.plus(transition(), 1);
        switch (state) {
            case State.Pass _, State.Choice _, State.Succeed _ -> meter.events(2);
            case State.Fail _ -> meter.events(1);
            case State.Wait wait -> waiting(wait);
            case State.Task task -> task(task);
            case State.Parallel parallel -> {
                meter.events(2);
                sideBySide(parallel);
                meter.events(2);
            }
            case State.MapState map -> map(map.iteration());
        }
    }

    private static Usage transition() {
        return new Usage(1, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0);
    }

    private void waiting(State.Wait wait) {
        var pause =
                wait.waitFor() instanceof WaitFor.Seconds(Setting.Given(var seconds))
                        ? Duration.ofSeconds(seconds.asLong())
                        : Duration.ZERO;
        meter.events(1);
        if (pause.compareTo(NEAR) > 0 && pause.compareTo(FAR) <= 0) {
            meter.messages(REQUESTS_OF_A_MESSAGE);
        }
        meter.pause();
        lasts(pause);
        meter.events(1);
    }

    private void task(State.Task task) {
        var callback = task.resource().endsWith(".waitForTaskToken");
        meter.events(3);
        if (task.resource().contains(":states:::sqs:")) {
            meter.messages(1);
        }
        meter.pause();
        if (callback && assumptions.task().compareTo(PATIENCE) > 0) {
            meter.events(1);
            meter.pause();
        } else if (callback) {
            meter.events(1);
        } else {
            for (var i = assumptions.task().dividedBy(Bounds.SIGN_OF_LIFE); i > 0; i--) {
                meter.pause();
            }
        }
        lasts(assumptions.task());
        meter.result();
        meter.events(2);
    }

    private void lasts(Duration time) {
        beside = beside.plus(new Usage(0, 0, Duration.ZERO, time, 0, 0, 0, 0), 1);
    }

    private void sideBySide(State.Parallel parallel) {
        var start = beside.duration();
        var end = start;
        for (var branch : parallel.branches()) {
            beside = at(start);
            through(branch);
            end = beside.duration().compareTo(end) > 0 ? beside.duration() : end;
        }
        beside = at(end);
    }

    /** The same, at another time. */
    private Usage at(Duration time) {
        return beside.plus(
                new Usage(0, 0, Duration.ZERO, time.minus(beside.duration()), 0, 0, 0, 0), 1);
    }

    private void map(Iteration iteration) {
        meter.events(2);
        if (iteration.distribution().isPresent()) {
            distributed(iteration, iteration.distribution().get());
        } else {
            inline(iteration);
        }
        meter.events(2);
    }

    private void inline(Iteration iteration) {
        var start = beside.duration();
        repeat(
                assumptions.items(),
                () -> {
                    meter.events(1);
                    through(iteration.processor());
                    meter.events(1);
                });
        var all = beside.duration().minus(start);
        beside = at(start.plus(together(all, assumptions.items(), iteration, assumptions.items())));
    }

    /** How long things take that run so many at once. */
    private static Duration together(Duration all, int times, Iteration iteration, int most) {
        if (times == 0) {
            return Duration.ZERO;
        }
        var wanted =
                iteration.maxConcurrency().orElse(null) instanceof Setting.Given(var given)
                                && given.asInt() > 0
                        ? Math.min(given.asInt(), most)
                        : most;
        return all.dividedBy(times).multipliedBy(Math.ceilDiv(times, Math.max(1, wanted)));
    }

    private void distributed(Iteration iteration, Distribution distribution) {
        var batch =
                distribution.batcher().flatMap(Distribution.ItemBatcher::maxItems).orElse(null)
                                instanceof Setting.Given(var size)
                        ? size.asInt()
                        : 1;
        var children = Math.ceilDiv(assumptions.items(), batch);
        meter.events(1);
        // Children are begun in pages, each tells of its end, and then results are collected.
        repeat(Math.ceilDiv(children, PAGE_OF_CHILDREN) + children, meter::pause);
        meter.pause();
        meter.reads(children);
        meter.events(1);
        var child = child(iteration.processor());
        var time =
                together(
                        child.duration().multipliedBy(children),
                        children,
                        iteration,
                        CHILDREN_AT_ONCE);
        var standard = distribution.executionType() == ExecutionType.STANDARD;
        beside =
                beside.plus(
                        new Usage(
                                standard ? child.transitions() : 0,
                                standard ? 0 : 1,
                                standard ? Duration.ZERO : child.duration(),
                                Duration.ZERO,
                                child.commits(),
                                child.writes(),
                                child.reads(),
                                child.messages()),
                        children);
        beside = at(beside.duration().plus(time));
    }

    /** A child is committed once more when its parent has heard of its end. */
    private Usage child(StateGraph processor) {
        var walk = new Walk(ways, assumptions);
        walk.meter.events(1);
        walk.through(processor);
        walk.meter.events(1);
        walk.meter.pause();
        walk.meter.end();
        return walk.counted();
    }
}
