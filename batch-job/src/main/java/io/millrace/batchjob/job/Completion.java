package io.millrace.batchjob.job;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.WorkDone;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is done and announces, once, that a batch is complete. Whoever comes last, a line or
 * the reader, finds out; a crash while it is announced repeats the announcement with the same id.
 */
public final class Completion {

    private static final Logger log = LoggerFactory.getLogger(Completion.class);

    private final Jobs jobs;
    private final DoneLines done;
    private final Outbox outbox;
    private final Duration patience;
    private final URI source;
    private final InstantSource clock;

    /**
     * @param patience how long an announcement may take before another replica repeats it
     * @param source who says so
     */
    public Completion(
            Jobs jobs,
            DoneLines done,
            Outbox outbox,
            Duration patience,
            URI source,
            InstantSource clock) {
        this.jobs = jobs;
        this.done = done;
        this.outbox = outbox;
        this.patience = patience;
        this.source = source;
        this.clock = clock;
    }

    /** Lines are done, of one job or of several. */
    public void done(List<WorkDone> lines) {
        Map<String, Set<Long>> byJob = new HashMap<>();
        lines.forEach(
                line -> byJob.computeIfAbsent(line.job(), _ -> new TreeSet<>()).add(line.line()));
        byJob.forEach((job, numbers) -> {
            if (note(job, numbers)) {
                check(job);
            }
        });
    }

    /** Notes lines that nothing is left to do for; true if a segment is complete with them. */
    boolean note(String job, Set<Long> numbers) {
        Map<Long, Set<Long>> bySegment = new HashMap<>();
        numbers.forEach(number ->
                bySegment.computeIfAbsent(Job.segmentOf(number), _ -> new TreeSet<>()).add(number));
        var complete = false;
        for (var segment : bySegment.entrySet()) {
            complete |= done.add(job, segment.getKey(), segment.getValue());
        }
        return complete;
    }

    /** A job's object is read to its end. */
    void finished(Job job) {
        var total = job.total().orElseThrow();
        var rest = total % Job.SEGMENT;
        if (rest > 0) {
            done.expect(job.id(), Job.segmentOf(total), rest);
        }
        check(job.id());
    }

    private void check(String id) {
        jobs.find(id)
                .filter(this::isDone)
                .ifPresent(job -> {
                    if (jobs.completing(id, clock.instant().plus(patience))) {
                        announce(job);
                    }
                });
    }

    private boolean isDone(Job job) {
        return job.status() == JobStatus.RUNNING
                && job.total().isPresent()
                && done.counted(job.id()) == job.total().orElseThrow();
    }

    /** Announces a job that is {@link JobStatus#COMPLETING}. */
    void announce(Job job) {
        var total = job.total().orElseThrow();
        var completed = new BatchCompleted(job.id(), total, job.reading().failed());
        outbox.completed(
                Event.of(job.id() + "/completed", source, clock.instant(), completed)
                        .withSubject(job.source().address()));
        jobs.complete(job.id(), clock.instant());
        log.info(
                "job {} is complete: {} lines, {} malformed",
                job.id(),
                total,
                job.reading().failed());
    }
}
