package io.millrace.batchjob.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks at jobs. */
public final class ProgressView {

    private static final int LATEST = 100;

    private final Jobs jobs;
    private final DoneLines done;
    private final InstantSource clock;

    public ProgressView(Jobs jobs, DoneLines done, InstantSource clock) {
        this.jobs = jobs;
        this.done = done;
        this.clock = clock;
    }

    public Optional<Progress> of(String id) {
        return jobs.find(id).map(this::progress);
    }

    /** The latest jobs, the newest first. */
    public List<Progress> latest() {
        return jobs.latest(LATEST).stream().map(this::progress).toList();
    }

    private Progress progress(Job job) {
        var noted =
                job.status() == JobStatus.COMPLETE ? job.total().orElse(0) : done.noted(job.id());
        return Progress.of(job, noted, clock.instant());
    }
}
