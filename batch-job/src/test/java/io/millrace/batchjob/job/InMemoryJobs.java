package io.millrace.batchjob.job;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The store's fake. */
public final class InMemoryJobs implements Jobs {

    private final Map<String, Job> jobs = new TreeMap<>();

    @Override
    public synchronized boolean create(Job job) {
        return jobs.putIfAbsent(job.id(), job) == null;
    }

    @Override
    public synchronized Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public synchronized List<Job> latest(int limit) {
        return jobs.values().stream()
                .sorted(Comparator.comparing(Job::createdAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Job> unfinished() {
        return jobs.values().stream().filter(job -> job.endedAt().isEmpty()).toList();
    }

    @Override
    public synchronized Optional<Job> take(Job seen, String owner, Instant until) {
        var now = jobs.get(seen.id());
        if (!now.hold().equals(seen.hold())) {
            return Optional.empty();
        }
        var hold = new Job.Hold(Optional.of(owner), now.hold().generation() + 1, until);
        return Optional.of(put(now, now.status(), now.reading(), hold, Optional.empty()));
    }

    @Override
    public synchronized boolean advance(Job held, Job.Reading reading, Instant until) {
        var now = jobs.get(held.id());
        if (!isHeld(now, held)) {
            return false;
        }
        var hold = new Job.Hold(now.hold().owner(), now.hold().generation(), until);
        put(now, now.status(), reading, hold, Optional.empty());
        return true;
    }

    @Override
    public synchronized boolean completing(String id, Instant until) {
        var now = jobs.get(id);
        if (now.status() != JobStatus.RUNNING) {
            return false;
        }
        var hold = new Job.Hold(now.hold().owner(), now.hold().generation(), until);
        put(now, JobStatus.COMPLETING, now.reading(), hold, Optional.empty());
        return true;
    }

    @Override
    public synchronized void complete(String id, Instant at) {
        var now = jobs.get(id);
        if (now.status() == JobStatus.COMPLETING) {
            put(now, JobStatus.COMPLETE, now.reading(), now.hold(), Optional.of(at));
        }
    }

    @Override
    public synchronized boolean pause(Job seen, Instant at) {
        return !jobs.get(seen.id()).reading().finished()
                && change(seen, JobStatus.PAUSED, at, Optional.empty(), JobStatus.RUNNING);
    }

    @Override
    public synchronized boolean resume(Job seen, Instant at) {
        return change(seen, JobStatus.RUNNING, at, Optional.empty(), JobStatus.PAUSED);
    }

    @Override
    public synchronized boolean cancel(Job seen, Instant at) {
        return change(
                seen,
                JobStatus.CANCELLED,
                at,
                Optional.of(at),
                JobStatus.RUNNING,
                JobStatus.PAUSED);
    }

    private boolean change(
            Job seen, JobStatus next, Instant at, Optional<Instant> end, JobStatus... before) {
        var now = jobs.get(seen.id());
        if (now.hold().generation() != seen.hold().generation()
                || !List.of(before).contains(now.status())) {
            return false;
        }
        var hold = new Job.Hold(Optional.empty(), now.hold().generation() + 1, at);
        put(now, next, now.reading(), hold, end);
        return true;
    }

    @Override
    public synchronized void fail(Job held, String error, Instant at) {
        var now = jobs.get(held.id());
        if (isHeld(now, held) && now.status() == JobStatus.RUNNING) {
            jobs.put(
                    now.id(),
                    new Job(
                            now.id(),
                            now.source(),
                            JobStatus.FAILED,
                            now.createdAt(),
                            Optional.of(at),
                            now.reading(),
                            now.hold(),
                            Optional.of(error)));
        }
    }

    private static boolean isHeld(Job now, Job held) {
        return now.hold().owner().equals(held.hold().owner())
                && now.hold().generation() == held.hold().generation();
    }

    private Job put(
            Job now, JobStatus status, Job.Reading reading, Job.Hold hold, Optional<Instant> end) {
        var job =
                new Job(
                        now.id(),
                        now.source(),
                        status,
                        now.createdAt(),
                        end,
                        reading,
                        hold,
                        now.error());
        jobs.put(job.id(), job);
        return job;
    }
}
