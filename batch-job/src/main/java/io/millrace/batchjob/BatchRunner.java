package io.millrace.batchjob;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.Batches;
import io.millrace.batchjob.job.Job;
import io.millrace.batchjob.job.Reader;
import io.millrace.batchjob.job.StartResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives batches their threads: a virtual one for each job that is read, and one that looks for jobs
 * that nobody reads. Stopped, it ends the page that each reader is in.
 */
final class BatchRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final Batches batches;
    private final Reader reader;
    private final ObservationRegistry observations;
    private final Duration interval;
    private final boolean lookOut;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable Thread lookout;

    /**
     * @param interval how often to look for jobs that nobody reads
     * @param lookOut whether to look for them
     */
    BatchRunner(
            Batches batches,
            Reader reader,
            ObservationRegistry observations,
            Duration interval,
            boolean lookOut) {
        this.batches = batches;
        this.reader = reader;
        this.observations = observations;
        this.interval = interval;
        this.lookOut = lookOut;
    }

    StartResult start(BatchRequest request) {
        return batches.start(request, this::read);
    }

    /** The same in the caller's thread: returns when the object is read, or when told to stop. */
    StartResult startAndRead(BatchRequest request, BooleanSupplier stop) {
        return batches.start(request, job -> run(job, stop, null));
    }

    /** Reads, in the caller's thread, jobs that nobody reads. */
    void takeOver(BooleanSupplier stop) {
        batches.takeOver(job -> run(job, stop, null));
    }

    private void read(Job job) {
        var asked = observations.getCurrentObservation();
        var thread =
                Thread.ofVirtual()
                        .name("job-" + job.id())
                        .unstarted(() -> run(job, this::isStopping, asked));
        readers.add(thread);
        thread.start();
    }

    /**
     * @param asked what the job is read for, if this is another thread than that one's
     */
    private void run(Job job, BooleanSupplier stop, @Nullable Observation asked) {
        try {
            Observation.createNotStarted("millrace.batch.read", observations)
                    .parentObservation(asked)
                    .highCardinalityKeyValue("millrace.job", job.id())
                    .observe(() -> batches.goOn(job, held -> reader.read(held, stop)));
        } catch (RuntimeException e) {
            log.warn("job {} is left and will be taken over", job.id(), e);
        } finally {
            batches.left(job);
            readers.remove(Thread.currentThread());
        }
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    @Override
    public boolean isAutoStartup() {
        return lookOut;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        stopped = new CountDownLatch(1);
        lookout = Thread.ofVirtual().name("batch-lookout").start(this::look);
    }

    private void look() {
        var pause = Duration.ZERO;
        while (!isStopped(pause)) {
            try {
                batches.takeOver(this::read);
            } catch (RuntimeException e) {
                log.warn("unfinished jobs cannot be looked at, again in {}", interval, e);
            }
            pause = interval;
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

    @Override
    public synchronized void stop() {
        stopped.countDown();
        try {
            var running = lookout;
            if (running != null) {
                running.join();
            }
            for (var each : readers) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lookout = null;
    }

    @Override
    public boolean isRunning() {
        return lookout != null;
    }
}
