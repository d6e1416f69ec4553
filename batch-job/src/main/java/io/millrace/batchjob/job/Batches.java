package io.millrace.batchjob.job;

import io.millrace.batchjob.lines.Format;
import io.millrace.events.EventIds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts batches, and takes over those that nobody lives to read. Has no thread of its own. */
public final class Batches {

    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    private final String self;
    private final Jobs jobs;
    private final Objects objects;
    private final Completion completion;
    private final Duration lease;
    private final InstantSource clock;
    private final Semaphore room;
    private final Set<String> reading = ConcurrentHashMap.newKeySet();

    /**
     * @param self tells this replica from all others
     * @param lease how long a replica may be silent before another reads its jobs
     * @param maxReaders how many jobs a replica reads at once
     */
    public Batches(
            String self,
            Jobs jobs,
            Objects objects,
            Completion completion,
            Duration lease,
            int maxReaders,
            InstantSource clock) {
        this.self = self;
        this.jobs = jobs;
        this.objects = objects;
        this.completion = completion;
        this.lease = lease;
        this.clock = clock;
        this.room = new Semaphore(maxReaders);
    }

    /**
     * Starts a batch, once per token.
     *
     * @param run reads the job, and calls {@link #left} then
     */
    public StartResult start(BatchRequest request, Consumer<Job> run) {
        var found = objects.find(request.bucket(), request.key());
        if (found.isEmpty()) {
            return new StartResult.Refused(
                    "there is no object s3://%s/%s".formatted(request.bucket(), request.key()));
        }
        var format = Format.of(request.key(), found.get().contentType());
        if (format.isEmpty()) {
            return new StartResult.Refused(
                    "%s of type '%s' is neither CSV nor JSON Lines; name it .csv, .tsv, .jsonl or .ndjson"
                            .formatted(request.key(), found.get().contentType()));
        }
        return create(id(request), source(request, found.get(), format.get()), run);
    }

    private static String id(BatchRequest request) {
        return request.token()
                .map(token ->
                        EventIds.hash(String.join("\n", request.bucket(), request.key(), token)))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Job.Source source(BatchRequest request, Objects.Found found, Format format) {
        return new Job.Source(request.bucket(), request.key(), found.etag(), found.size(), format);
    }

    private StartResult create(String id, Job.Source source, Consumer<Job> run) {
        var now = clock.instant();
        var hasRoom = room.tryAcquire();
        var owner = hasRoom ? Optional.of(self) : Optional.<String>empty();
        var job = Job.started(id, source, now, owner, now.plus(lease));
        if (!jobs.create(job)) {
            if (hasRoom) {
                room.release();
            }
            return new StartResult.Repeated(jobs.find(id).orElse(job));
        }
        log.info("job {} reads {}", id, source.address());
        if (hasRoom) {
            reading.add(id);
            run.accept(job);
        }
        return new StartResult.Started(job);
    }

    /**
     * Takes over jobs that their replica has left, as many as there is room for.
     *
     * @param run reads a job, and calls {@link #left} then
     */
    public void takeOver(Consumer<Job> run) {
        for (var job : jobs.unfinished()) {
            if (job.status() == JobStatus.PAUSED
                    || !job.hold().isOver(clock.instant())
                    || reading.contains(job.id())) {
                continue;
            }
            if (!room.tryAcquire()) {
                return;
            }
            var taken = jobs.take(job, self, clock.instant().plus(lease));
            if (taken.isEmpty()) {
                room.release();
                continue;
            }
            reading.add(job.id());
            log.debug("{} takes over job {}", self, job.id());
            run.accept(taken.get());
        }
    }

    /** Goes on with a job that was taken over, whatever there is left to do. */
    public void goOn(Job taken, Consumer<Job> read) {
        if (taken.status() == JobStatus.COMPLETING) {
            completion.announce(taken);
        } else {
            read.accept(taken);
        }
    }

    /** A job is not read by this replica any more. */
    public void left(Job job) {
        reading.remove(job.id());
        room.release();
    }
}
