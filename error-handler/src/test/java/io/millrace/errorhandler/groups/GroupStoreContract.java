package io.millrace.errorhandler.groups;

import static io.millrace.errorhandler.groups.Failures.NOON;
import static io.millrace.errorhandler.groups.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.errorhandler.groups.GroupStore.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of groups does. */
abstract class GroupStoreContract {

    private static final Duration HOUR = Duration.ofHours(1);

    private final String origin = "queue-" + UUID.randomUUID();

    abstract GroupStore store();

    @Test
    void aGroupComesBackAsItWasWritten() {
        var first = FailureGroup.begin(failure("1" + origin, origin, "E"), NOON);
        var second =
                first.with(
                        failure("2" + origin, origin, "E", Optional.empty(), NOON.plusSeconds(7)),
                        NOON.plus(HOUR),
                        HOUR);

        assertThat(write("1", Optional.empty(), first)).isEqualTo(Written.COUNTED);
        assertThat(write("2", Optional.of(first), second)).isEqualTo(Written.COUNTED);

        assertThat(store().find(second.alike().id())).contains(second);
        assertThat(store().all()).contains(second);
    }

    @Test
    void aStateIsKept() {
        var group =
                FailureGroup.begin(failure("1", origin, "E", Optional.of("Render"), NOON), NOON);
        write("1", Optional.empty(), group);

        assertThat(store().find(group.alike().id())).contains(group);
    }

    @Test
    void aFailureIsCountedOnce() {
        var first = FailureGroup.begin(failure("1", origin, "E"), NOON);
        write("1", Optional.empty(), first);

        var again = first.with(failure("1", origin, "E"), NOON, HOUR);
        assertThat(write("1", Optional.of(first), again)).isEqualTo(Written.KNOWN);
        assertThat(write("1", Optional.empty(), first)).isEqualTo(Written.KNOWN);

        assertThat(store().find(first.alike().id())).contains(first);
    }

    @Test
    void ofTwoThatReadTheSameOneIsOvertakenAndCountsNothing() {
        var first = FailureGroup.begin(failure("1", origin, "E"), NOON);
        assertThat(write("1", Optional.empty(), first)).isEqualTo(Written.COUNTED);
        assertThat(write("2", Optional.empty(), first)).isEqualTo(Written.OVERTAKEN);

        var more = first.with(failure("2", origin, "E"), NOON, HOUR);
        assertThat(write("2", Optional.of(first), more)).isEqualTo(Written.COUNTED);
        assertThat(write("3", Optional.of(first), more)).isEqualTo(Written.OVERTAKEN);

        assertThat(store().find(first.alike().id())).contains(more);
    }

    @Test
    void ofManyAtOnceOneWins() throws Exception {
        var first = FailureGroup.begin(failure("1", origin, "E"), NOON);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writes =
                    IntStream.range(0, 8)
                            .<Callable<Written>>mapToObj(
                                    each -> () -> write("" + each, Optional.empty(), first))
                            .toList();
            assertThat(threads.invokeAll(writes))
                    .extracting(Future::get)
                    .containsOnlyOnce(Written.COUNTED)
                    .containsOnly(Written.COUNTED, Written.OVERTAKEN);
        }
    }

    @Test
    void thatAnAlarmWasPublishedIsKeptByLaterWrites() {
        var first = FailureGroup.begin(failure("1", origin, "E"), NOON);
        write("1", Optional.empty(), first);
        store().told(first.alike().id(), NOON);
        var told = store().find(first.alike().id()).orElseThrow();
        assertThat(told.isUntold()).isFalse();

        write("2", Optional.of(told), told.with(failure("2", origin, "E"), NOON, HOUR));

        assertThat(store().find(first.alike().id()).orElseThrow().isUntold()).isFalse();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(store().find("nowhere")).isEmpty();
        assertThat(List.copyOf(store().all()))
                .noneMatch(each -> each.alike().origin().equals(origin));
    }

    private Written write(String no, Optional<FailureGroup> before, FailureGroup after) {
        return store().write("failure/%s/%s".formatted(origin, no), before, after);
    }
}
