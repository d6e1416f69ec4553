package io.millrace.orchestrator.timer;

import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.wakeup.WakeUps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks every shard for what is due, again and again. Every replica asks for all shards: two that
 * find the same execution are decided by its version.
 */
public final class DuePoller implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DuePoller.class);
    private static final int PAGE = 100;

    private final Journal journal;
    private final WakeUps wakeUps;
    private final InstantSource clock;
    private final int shards;
    private final Duration interval;
    private final boolean autoStartup;
    private final AtomicReference<ScheduledExecutorService> running = new AtomicReference<>();

    /**
     * @param autoStartup whether it asks by itself; {@link #sweep} can be called from elsewhere
     */
    public DuePoller(
            Journal journal,
            WakeUps wakeUps,
            InstantSource clock,
            int shards,
            Duration interval,
            boolean autoStartup) {
        this.journal = journal;
        this.wakeUps = wakeUps;
        this.clock = clock;
        this.shards = shards;
        this.interval = interval;
        this.autoStartup = autoStartup;
    }

    /** Wakes what is due now. */
    public void sweep() {
        for (var shard = 0; shard < shards; shard++) {
            for (var id : journal.due(shard, clock.instant(), PAGE)) {
                wakeUps.tell(id, new Signal.Due());
            }
        }
    }

    private void sweepUnlessItFails() {
        try {
            sweep();
        } catch (RuntimeException | Error e) {
            // What is thrown here would end the schedule.
            LOG.warn("Could not look for what is due; trying again in {}", interval, e);
        }
    }

    @Override
    public void start() {
        var executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("due-poller").factory());
        if (running.compareAndSet(null, executor)) {
            var _ =
                    executor.scheduleWithFixedDelay(
                            this::sweepUnlessItFails,
                            0,
                            interval.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        var executor = running.getAndSet(null);
        if (executor != null) {
            executor.shutdown();
        }
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    @Override
    public boolean isRunning() {
        return running.get() != null;
    }
}
