package io.millrace.batchjob.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where jobs are kept; of two that write at once, one wins. */
public interface Jobs {

    /** Adds a job; false if there is one with its id. */
    boolean create(Job job);

    Optional<Job> find(String id);

    /** The latest jobs, the newest first. */
    List<Job> latest(int limit);

    /** All jobs that have not ended. */
    List<Job> unfinished();

    /** Makes a replica the owner until then, if the job is still in the hands it was seen in. */
    Optional<Job> take(Job seen, String owner, Instant until);

    /** Notes how far a job is read; false if it is in other hands by now. */
    boolean advance(Job held, Job.Reading reading, Instant until);

    /** RUNNING → COMPLETING; false if another did it. */
    boolean completing(String id, Instant until);

    /** COMPLETING → COMPLETE. */
    void complete(String id, Instant at);

    /**
     * RUNNING → PAUSED, in nobody's hands; false if that changed since, or if it is read by now.
     */
    boolean pause(Job seen, Instant at);

    /** PAUSED → RUNNING, for anybody to take; false if that changed since. */
    boolean resume(Job seen, Instant at);

    /** RUNNING or PAUSED → CANCELLED; false if that changed since. */
    boolean cancel(Job seen, Instant at);

    /** RUNNING → FAILED; nothing changes if the job is in other hands. */
    void fail(Job held, String error, Instant at);
}
