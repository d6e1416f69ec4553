package io.millrace.batchjob.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every count of done lines does. */
public abstract class DoneLinesContract {

    private final String job = UUID.randomUUID().toString();

    protected abstract DoneLines done();

    @Test
    void aLineThatIsToldOfTwiceCountsOnce() {
        done().add(job, 0, List.of(1L, 2L));
        done().add(job, 0, List.of(2L, 3L));
        assertThat(done().noted(job)).isEqualTo(3);
        assertThat(done().counted(job)).isZero();
    }

    @Test
    void aFullSegmentIsCounted() {
        assertThat(done().add(job, 0, lines(1, 999))).isFalse();
        assertThat(done().add(job, 0, List.of(1000L))).isTrue();
        assertThat(done().counted(job)).isEqualTo(1000);
        assertThat(done().noted(job)).isEqualTo(1000);
    }

    @Test
    void aLateRepetitionDoesNotCountAgain() {
        done().add(job, 0, lines(1, 1000));
        assertThat(done().add(job, 0, List.of(1L, 2L))).isFalse();
        assertThat(done().counted(job)).isEqualTo(1000);
        assertThat(done().noted(job)).isEqualTo(1000);
    }

    @Test
    void theLastSegmentIsCountedWhenItsLastLineComes() {
        assertThat(done().expect(job, 1, 3)).isFalse();
        assertThat(done().add(job, 1, List.of(1001L, 1002L))).isFalse();
        assertThat(done().add(job, 1, List.of(1003L))).isTrue();
        assertThat(done().counted(job)).isEqualTo(3);
    }

    @Test
    void theLastSegmentIsCountedWhenItsLinesCameBeforeItsNumberWasKnown() {
        done().add(job, 0, List.of(1L, 2L, 3L));
        assertThat(done().expect(job, 0, 3)).isTrue();
        assertThat(done().expect(job, 0, 3)).isFalse();
        assertThat(done().counted(job)).isEqualTo(3);
    }

    @Test
    void manyAtOnceLoseNothing() {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each = 0; each < 60; each++) {
                var from = 1 + each * 50L;
                executor.execute(
                        () -> done().add(job, Job.segmentOf(from), lines(from, from + 49)));
            }
        }
        assertThat(done().counted(job)).isEqualTo(3000);
    }

    private static List<Long> lines(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
