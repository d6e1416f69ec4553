package io.millrace.batchjob.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batchjob.lines.Format;
import io.millrace.batchjob.lines.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of jobs does. */
public abstract class JobsContract {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.123Z");

    private final Job job = job(UUID.randomUUID().toString(), NOW);

    protected abstract Jobs jobs();

    @Test
    void aJobIsFoundAsItWasCreated() {
        assertThat(jobs().create(job)).isTrue();
        assertThat(jobs().find(job.id())).contains(job);
        assertThat(jobs().unfinished()).contains(job);
        assertThat(jobs().find("another")).isEmpty();
    }

    @Test
    void oneOfTwoThatCreateAJobDoes() {
        assertThat(jobs().create(job)).isTrue();
        assertThat(jobs().create(job)).isFalse();
    }

    @Test
    void theNewestJobsAreListedFirst() {
        var older = job(UUID.randomUUID().toString(), Instant.parse("2099-01-01T00:00:00Z"));
        var newer = job(UUID.randomUUID().toString(), Instant.parse("2099-01-02T00:00:00Z"));
        jobs().create(older);
        jobs().create(newer);
        assertThat(jobs().latest(2)).extracting(Job::id).hasSize(2);
        assertThat(jobs().latest(100))
                .extracting(Job::id)
                .containsSubsequence(newer.id(), older.id());
    }

    @Test
    void ofTwoThatTakeAJobOneGetsIt() {
        jobs().create(job);
        var seen = stored();
        assertThat(jobs().take(seen, "two", NOW.plusSeconds(60))).isPresent();
        assertThat(jobs().take(seen, "three", NOW.plusSeconds(60))).isEmpty();
        assertThat(stored().hold().owner()).contains("two");
    }

    @Test
    void aJobWhoseOwnerGaveASignIsNotTaken() {
        jobs().create(job);
        var seen = stored();
        jobs().advance(job, job.reading(), NOW.plusSeconds(90));
        assertThat(jobs().take(seen, "two", NOW.plusSeconds(120))).isEmpty();
    }

    @Test
    void readingMovesInTheOwnersHandsOnly() {
        jobs().create(job);
        var further = new Job.Reading(new Place(100, 11, 10), 2, false);
        assertThat(jobs().advance(job, further, NOW.plusSeconds(60))).isTrue();
        assertThat(stored().reading()).isEqualTo(further);
        jobs().take(stored(), "two", NOW.plusSeconds(60));
        assertThat(jobs().advance(job, job.reading(), NOW)).isFalse();
        assertThat(stored().reading()).isEqualTo(further);
    }

    @Test
    void aJobIsCompletingOnceAndCompleteAfterThat() {
        jobs().create(job);
        jobs().complete(job.id(), NOW);
        assertThat(stored().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(jobs().completing(job.id(), NOW.plusSeconds(60))).isTrue();
        assertThat(jobs().completing(job.id(), NOW.plusSeconds(60))).isFalse();
        jobs().complete(job.id(), NOW.plusSeconds(5));
        assertThat(stored().status()).isEqualTo(JobStatus.COMPLETE);
        assertThat(stored().endedAt()).contains(NOW.plusSeconds(5));
        assertThat(jobs().unfinished()).extracting(Job::id).doesNotContain(job.id());
    }

    @Test
    void aPausedJobIsInNobodysHandsUntilItIsResumed() {
        jobs().create(job);
        var seen = stored();
        assertThat(jobs().pause(seen, NOW)).isTrue();
        assertThat(jobs().pause(seen, NOW)).isFalse();
        assertThat(stored().status()).isEqualTo(JobStatus.PAUSED);
        assertThat(stored().hold().owner()).isEmpty();
        assertThat(jobs().advance(job, job.reading(), NOW)).isFalse();
        assertThat(jobs().unfinished()).extracting(Job::id).contains(job.id());
        assertThat(jobs().resume(stored(), NOW)).isTrue();
        assertThat(jobs().resume(stored(), NOW)).isFalse();
        assertThat(stored().hold().generation()).isEqualTo(seen.hold().generation() + 2);
        assertThat(jobs().take(stored(), "two", NOW.plusSeconds(60))).isPresent();
    }

    @Test
    void aJobThatIsReadIsNotPaused() {
        jobs().create(job);
        jobs().advance(job, job.reading().end(), NOW.plusSeconds(60));
        assertThat(jobs().pause(stored(), NOW)).isFalse();
    }

    @Test
    void aCancelledJobIsReadByNobodyAndHasEnded() {
        jobs().create(job);
        assertThat(jobs().cancel(stored(), NOW.plusSeconds(1))).isTrue();
        assertThat(jobs().advance(job, job.reading(), NOW)).isFalse();
        assertThat(jobs().completing(job.id(), NOW)).isFalse();
        assertThat(stored().status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(stored().endedAt()).contains(NOW.plusSeconds(1));
        assertThat(jobs().unfinished()).extracting(Job::id).doesNotContain(job.id());
    }

    @Test
    void aFailedJobSaysWhyAndIsFinished() {
        jobs().create(job);
        jobs().fail(job, "the object is gone", NOW.plusSeconds(1));
        assertThat(stored().status()).isEqualTo(JobStatus.FAILED);
        assertThat(stored().error()).contains("the object is gone");
        assertThat(jobs().unfinished()).extracting(Job::id).doesNotContain(job.id());
    }

    private Job stored() {
        return jobs().find(job.id()).orElseThrow();
    }

    private static Job job(String id, Instant at) {
        var source = new Job.Source("bucket", "a b/ü.csv", "\"etag\"", 1234, Format.CSV);
        return Job.started(id, source, at, Optional.of("one"), at.plusSeconds(30));
    }
}
