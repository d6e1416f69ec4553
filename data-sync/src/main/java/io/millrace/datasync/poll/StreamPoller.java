package io.millrace.datasync.poll;

import io.millrace.datasync.lease.LeaseStore;
import io.millrace.datasync.stream.StreamSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a replica: one virtual thread for its rounds, and one for each shard that it reads. Stopped,
 * it ends the step that each reader is in and gives the leases back.
 */
public final class StreamPoller implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StreamPoller.class);

    private final Replica replica;
    private final PollSettings settings;
    private final PollMetrics metrics;

    /** A permit makes the next round come at once. */
    private final Semaphore roundsDue = new Semaphore(0);

    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile Optional<String> trouble = Optional.empty();
    private volatile @Nullable Thread rounds;

    /**
     * @param name tells this replica from all others, also from earlier ones on the same machine
     */
    public StreamPoller(
            String name,
            StreamSource source,
            LeaseStore leases,
            Delivery delivery,
            PollSettings settings,
            PollMetrics metrics,
            InstantSource clock) {
        this.replica = new Replica(name, source, leases, delivery, settings, metrics, clock);
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Why the stream or its leases could not be looked at last time, if so. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** How far the reading is behind the table. */
    public Duration lag() {
        return metrics.lag();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        stopped = new CountDownLatch(1);
        rounds = Thread.ofVirtual().name("stream-rounds").start(this::runRounds);
    }

    private void runRounds() {
        var backOff = new BackOff(settings.idle(), settings.maxBackOff());
        var pause = Duration.ZERO;
        while (!isStoppedAtNextRound(pause)) {
            try {
                replica.round().forEach(this::read);
                backOff.succeeded();
                trouble = Optional.empty();
                pause = settings.round();
            } catch (RuntimeException e) {
                pause = backOff.failed();
                trouble = Optional.of(String.valueOf(e.getMessage()));
                log.warn("the stream's shards or leases cannot be had, again in {}", pause, e);
            }
        }
    }

    private void read(ShardReader reader) {
        var thread =
                Thread.ofVirtual().name("shard-" + reader.shard()).unstarted(() -> run(reader));
        readers.add(thread);
        thread.start();
    }

    private void run(ShardReader reader) {
        var giveBack = false;
        try {
            giveBack = steps(reader);
        } finally {
            readers.remove(Thread.currentThread());
            stopped(reader, giveBack);
        }
    }

    /** Steps until there is no more; true if the lease is still held then. */
    private boolean steps(ShardReader reader) {
        var pause = Duration.ZERO;
        while (!isStopped(pause)) {
            switch (reader.step()) {
                case ShardReader.Next.Step(var after) -> pause = after;
                case ShardReader.Next.Lost _ -> {
                    log.info("another replica reads shard {} now", reader.shard());
                    return false;
                }
                case ShardReader.Next.Finished _ -> {
                    replica.discover();
                    roundsDue.release();
                    return false;
                }
            }
        }
        return true;
    }

    private void stopped(ShardReader reader, boolean giveBack) {
        try {
            replica.stopped(reader, giveBack);
        } catch (RuntimeException e) {
            log.warn("the lease of {} is not given back and will expire", reader.shard(), e);
        }
    }

    private boolean isStopped(Duration pause) {
        try {
            return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean isStoppedAtNextRound(Duration pause) {
        try {
            if (roundsDue.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                roundsDue.drainPermits();
            }
            return isStopped(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public synchronized void stop() {
        stopped.countDown();
        roundsDue.release();
        try {
            var running = rounds;
            if (running != null) {
                running.join();
            }
            for (var reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        rounds = null;
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }
}
