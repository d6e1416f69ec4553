package io.millrace.errorhandler.groups;

import static io.millrace.errorhandler.groups.Failures.NOON;
import static io.millrace.errorhandler.groups.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.errorhandler.groups.FailureGroup.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FailureGroupsTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<FailureGroup> raised = new ArrayList<>();
    private final List<Integer> pauses = new ArrayList<>();
    private Instant now = NOON;
    private boolean topicIsAway;

    /** How many of the next writes another replica overtakes. */
    private int overtakes;

    private final InMemoryGroups store =
            new InMemoryGroups() {
                @Override
                public synchronized Written write(
                        String recordId, Optional<FailureGroup> before, FailureGroup after) {
                    if (overtakes-- > 0) {
                        var other = failure("elsewhere-" + overtakes, "load", "E");
                        before.ifPresent(group ->
                                super.write(other.id(), before, group.with(other, now, HOUR)));
                    }
                    return super.write(recordId, before, after);
                }
            };

    private final FailureGroups groups =
            new FailureGroups(
                    store,
                    this::raise,
                    new FailureMetrics(meters),
                    () -> now,
                    HOUR,
                    tries -> pauses.add(tries));

    @Test
    void theFirstFailureOfAGroupRaisesAnAlarmAndThoseAfterItDoNot() {
        for (var each = 0; each < 100; each++) {
            count("load", "E", each);
        }

        assertThat(raised).extracting(FailureGroup::alarm).containsExactly(new Alarm(NOON, 1, 1));
        assertThat(only().count()).isEqualTo(100);
        assertThat(only().sample()).isEqualTo("failure/load-E-99");
        assertThat(only().isUntold()).isFalse();
    }

    @Test
    void whileItGoesOnEachQuietPeriodHasOneAlarmThatSaysHowManySince() {
        count("load", "E", 1);
        count("load", "E", 2);
        now = NOON.plus(HOUR).minusMillis(1);
        count("load", "E", 3);
        now = NOON.plus(HOUR);
        count("load", "E", 4);
        count("load", "E", 5);

        assertThat(raised)
                .extracting(FailureGroup::alarm)
                .containsExactly(new Alarm(NOON, 1, 1), new Alarm(NOON.plus(HOUR), 4, 3));
    }

    @Test
    void firstAndLastSeenAreThoseOfTheFailuresInWhateverOrderTheyCome() {
        List.of(3, 1, 5, 2)
                .forEach(second ->
                        groups.count(
                                failure(
                                        "at-" + second,
                                        "load",
                                        "E",
                                        Optional.empty(),
                                        NOON.plusSeconds(second))));

        assertThat(only().firstSeen()).isEqualTo(NOON.plusSeconds(1));
        assertThat(only().lastSeen()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void aFailureThatComesAgainCountsOnce() {
        count("load", "E", 1);
        count("load", "E", 1);

        assertThat(only().count()).isEqualTo(1);
        assertThat(raised).hasSize(1);
        assertThat(counter("millrace.failures", "origin", "load", "error", "E")).isEqualTo(1);
    }

    @Test
    void anAlarmThatWasNotPublishedIsWhenItsFailureComesAgain() {
        topicIsAway = true;
        assertThatThrownBy(() -> count("load", "E", 1)).hasMessage("the topic is away");
        topicIsAway = false;
        count("load", "E", 2);
        assertThat(raised).as("the other has its own to tell").isEmpty();

        count("load", "E", 1);
        count("load", "E", 1);

        assertThat(raised).extracting(FailureGroup::alarm).containsExactly(new Alarm(NOON, 1, 1));
        assertThat(only().count()).isEqualTo(2);
    }

    @Test
    void whatDiffersInOriginStateOrErrorIsAnotherGroup() {
        count("load", "E", 1);
        count("load", "F", 1);
        count("work", "E", 1);
        groups.count(failure("s", "load", "E", Optional.of("Render"), NOON));

        assertThat(store.all()).hasSize(4).extracting(FailureGroup::count).containsOnly(1L);
        assertThat(raised).hasSize(4);
        assertThat(counter("millrace.failure.groups")).isEqualTo(4);
        assertThat(counter("millrace.failure.alarms")).isEqualTo(4);
    }

    @Test
    void aWriteThatAnotherReplicaOvertookIsDoneAgain() {
        count("load", "E", 1);
        overtakes = 1;

        count("load", "E", 2);

        assertThat(only().count()).isEqualTo(3);
        assertThat(pauses).containsExactly(1);
        assertThat(raised).hasSize(1);
    }

    @Test
    void whoIsAlwaysOvertakenGivesUpAndIsTriedAgainLater() {
        count("load", "E", 1);
        overtakes = Integer.MAX_VALUE;

        assertThatThrownBy(() -> count("load", "E", 2)).hasMessageContaining("too many");
    }

    @Test
    void manyAtOnceAreAllCounted() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each = 0; each < 500; each++) {
                var id = "at-once-" + each % 250;
                threads.execute(() -> groups.count(failure(id, "load", "E")));
            }
        }

        assertThat(only().count()).isEqualTo(250);
        assertThat(raised).hasSize(1);
    }

    @Test
    void seriesAreOfABoundedNumber() {
        for (var each = 0; each < 150; each++) {
            groups.count(failure("e" + each, "load", "Error-" + each));
        }

        assertThat(meters.find("millrace.failures").counters()).hasSize(101);
        assertThat(counter("millrace.failures", "origin", "other", "error", "other")).isEqualTo(50);
    }

    private void count(String origin, String error, int no) {
        groups.count(failure("%s-%s-%d".formatted(origin, error, no), origin, error));
    }

    private FailureGroup only() {
        assertThat(store.all()).hasSize(1);
        return store.all().getFirst();
    }

    private double counter(String name, String... tags) {
        return meters.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
    }

    private void raise(FailureGroup group) {
        if (topicIsAway) {
            throw new IllegalStateException("the topic is away");
        }
        raised.add(group);
    }
}
