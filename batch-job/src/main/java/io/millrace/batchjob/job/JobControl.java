package io.millrace.batchjob.job;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses, resumes and cancels jobs. Whoever reads one notices at the end of the page that it is in:
 * lines that are sent stay sent, and of a resumed job a page may be repeated, with the same ids.
 */
public final class JobControl {

    private static final Logger log = LoggerFactory.getLogger(JobControl.class);

    private final Jobs jobs;
    private final InstantSource clock;

    public JobControl(Jobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Sends no more lines of a job until it is resumed. */
    public ControlResult pause(String id) {
        return change(id, JobStatus.PAUSED, jobs::pause);
    }

    /** Has a paused job read on. */
    public ControlResult resume(String id) {
        return change(id, JobStatus.RUNNING, jobs::resume);
    }

    /** Ends a job early. */
    public ControlResult cancel(String id) {
        return change(id, JobStatus.CANCELLED, jobs::cancel);
    }

    private interface Change {
        boolean make(Job seen, Instant at);
    }

    private ControlResult change(String id, JobStatus wanted, Change change) {
        while (true) {
            var found = jobs.find(id);
            if (found.isEmpty()) {
                return new ControlResult.Unknown(id);
            }
            var job = found.get();
            if (job.status() == wanted) {
                return new ControlResult.Changed(job);
            }
            if (!isPossible(job, wanted)) {
                return new ControlResult.Refused(refusal(job, wanted));
            }
            if (change.make(job, clock.instant())) {
                log.info("job {} is {}", id, wanted);
            }
        }
    }

    private static boolean isPossible(Job job, JobStatus wanted) {
        return switch (job.status()) {
            case RUNNING -> wanted == JobStatus.CANCELLED || !job.reading().finished();
            case PAUSED -> true;
            case COMPLETING, COMPLETE, FAILED, CANCELLED -> false;
        };
    }

    private static String refusal(Job job, JobStatus wanted) {
        var why =
                job.status() == JobStatus.RUNNING
                        ? "all its lines are sent"
                        : "it is " + job.status().name().toLowerCase(Locale.ROOT);
        return "job %s cannot be %s: %s"
                .formatted(
                        job.id(),
                        wanted == JobStatus.RUNNING
                                ? "resumed"
                                : wanted.name().toLowerCase(Locale.ROOT),
                        why);
    }
}
