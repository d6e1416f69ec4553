package io.millrace.errorhandler.groups;

import io.millrace.errorhandler.groups.GroupStore.Written;
import io.millrace.events.Event;
import io.millrace.events.FailureRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Counts failures in their groups and raises alarms: one for a group's first failure, and, while it
 * goes on, one for each period of quiet.
 *
 * <p>A failure counts once, however often it comes. An alarm is raised in the same write that
 * counts the failure which is the reason for it, and noted as told after its publication: a crash
 * in between brings the failure again, and with it the alarm, under the same id.
 */
public final class FailureGroups {

    private static final int MOST_TRIES = 30;

    private final GroupStore store;
    private final Alarms alarms;
    private final FailureMetrics metrics;
    private final InstantSource clock;
    private final Duration quiet;
    private final IntConsumer pause;

    /** Failures of one group come together: those of this replica wait here, not on conflicts. */
    private final ReentrantLock[] locks =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /**
     * @param quiet for how long after an alarm a group raises no other
     * @param pause waits a moment after the so manieth write that another replica overtook
     */
    public FailureGroups(
            GroupStore store,
            Alarms alarms,
            FailureMetrics metrics,
            InstantSource clock,
            Duration quiet,
            IntConsumer pause) {
        this.store = store;
        this.alarms = alarms;
        this.metrics = metrics;
        this.clock = clock;
        this.quiet = quiet;
        this.pause = pause;
    }

    /** Counts a failure, unless it is counted. */
    public void count(Event<FailureRecord> record) {
        var id = Alike.of(record.data()).id();
        var lock = locks[Math.floorMod(id.hashCode(), locks.length)];
        lock.lock();
        try {
            for (var tries = 1; ; tries++) {
                if (written(id, record) != Written.OVERTAKEN) {
                    return;
                }
                if (tries == MOST_TRIES) {
                    throw new IllegalStateException(
                            "group %s is changed by too many at once".formatted(id));
                }
                pause.accept(tries);
            }
        } finally {
            lock.unlock();
        }
    }

    private Written written(String id, Event<FailureRecord> record) {
        var now = clock.instant();
        var before = store.find(id);
        var after =
                before.map(group -> group.with(record, now, quiet))
                        .orElseGet(() -> FailureGroup.begin(record, now));
        var written = store.write(record.id(), before, after);
        switch (written) {
            case COUNTED -> {
                metrics.counted(after);
                if (!before.map(FailureGroup::alarm).equals(Optional.of(after.alarm()))) {
                    raise(id, after);
                }
            }
            // It may be the one whose alarm a crash kept from being published.
            case KNOWN ->
                    before.filter(FailureGroup::isUntold).ifPresent(group -> raise(id, group));
            case OVERTAKEN -> {}
        }
        return written;
    }

    private void raise(String id, FailureGroup group) {
        alarms.raise(group);
        store.told(id, group.alarm().at());
        metrics.alarmed();
    }
}
