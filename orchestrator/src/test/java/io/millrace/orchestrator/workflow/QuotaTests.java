package io.millrace.orchestrator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaTests {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long there;
    private int counts;
    private final Quota quota = new Quota(100, this::count, () -> now);

    private long count() {
        counts++;
        return there;
    }

    private void create() {
        there++;
        quota.created();
    }

    @Test
    void whoCreatesManyCountsOnce() {
        IntStream.range(0, 100)
                .forEach(_ -> {
                    assertThat(quota.isFull()).isFalse();
                    create();
                });

        assertThat(counts).isEqualTo(1);
        assertThat(quota.isFull()).isTrue();
    }

    @Test
    void whatIsCreatedElsewhereCountsAfterAMinute() {
        assertThat(quota.isFull()).isFalse();
        there = 100;
        assertThat(quota.isFull()).isFalse();

        now = now.plus(Duration.ofSeconds(61));

        assertThat(quota.isFull()).isTrue();
    }

    @Test
    void whatIsDeletedMakesRoomSoon() {
        there = 100;
        assertThat(quota.isFull()).isTrue();

        there = 99;
        now = now.plus(Duration.ofSeconds(2));

        assertThat(quota.isFull()).isFalse();
    }

    @Test
    void whoIsRefusedAgainAndAgainHasThemCountedOnceASecond() {
        there = 100;

        IntStream.range(0, 50).forEach(_ -> assertThat(quota.isFull()).isTrue());

        assertThat(counts).isEqualTo(1);
    }

    @Test
    void withoutAQuotaNobodyCounts() {
        var any = new Quota(Long.MAX_VALUE, this::count, () -> now);

        assertThat(any.isFull()).isFalse();
        assertThat(counts).isZero();
    }
}
