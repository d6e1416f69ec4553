package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.transformload.mapping.Mappings;
import io.millrace.transformload.result.Announcements;
import io.millrace.transformload.result.Archive;
import io.millrace.transformload.result.Loader;
import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LoaderTests {

    private static final Instant BEFORE_MIDNIGHT = Instant.parse("2026-11-23T23:59:59Z");
    private static final Instant AFTER_MIDNIGHT = Instant.parse("2026-11-24T00:00:01Z");

    private final World world = new World();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void killedBeforeAnyStepOrBeforeTheMessageIsDeletedAndRepeatedTheEffectIsOne(int step) {
        world.stopBefore(step);
        assertThatIllegalStateException()
                .isThrownBy(() -> deliver("{ \"v\": a }", BEFORE_MIDNIGHT));
        deliver("{ \"v\": a }", BEFORE_MIDNIGHT);
        assertThat(world.results.items).containsOnlyKeys("e/1");
        assertThat(world.objects).hasSize(1);
        assertThat(world.announced).isNotEmpty().containsOnly("e/1");
    }

    @Test
    void aRepeatOnAnotherDayWritesTheSameObject() {
        world.stopBefore(4);
        assertThatIllegalStateException()
                .isThrownBy(() -> deliver("{ \"v\": a }", BEFORE_MIDNIGHT));
        deliver("{ \"v\": a }", AFTER_MIDNIGHT);
        assertThat(world.objects.keySet())
                .singleElement()
                .asString()
                .startsWith("archive/kind=image/date=2026-11-23/");
    }

    @Test
    void aRepeatUnderAnotherMappingArchivesWhatTheTableHolds() {
        world.stopBefore(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> deliver("{ \"v\": a }", BEFORE_MIDNIGHT));
        deliver("{ \"changed\": a }", BEFORE_MIDNIGHT);
        assertThat(world.objects.values())
                .singleElement()
                .satisfies(result -> assertThat(result.document().has("v")).isTrue());
    }

    @Test
    void whatHappensOnceTakesThreeSteps() {
        deliver("{ \"v\": a }", BEFORE_MIDNIGHT);
        assertThat(world.steps).hasValue(4);
    }

    /** A message's delivery: its effects, then its deletion. */
    private void deliver(String mapping, Instant time) {
        var mappings = Mappings.compile(Map.of("image", mapping), Duration.ofSeconds(5));
        new Loader(mappings, world.results, world, world)
                .load("e/1", "image", time, new JsonMapper().readTree("{\"a\":1}"));
        world.next();
    }

    /** Remembers effects, and stops the world before the step it is told to. */
    private static final class World implements Archive, Announcements {

        final AtomicInteger steps = new AtomicInteger();
        final InMemoryResults results = new InMemoryResults(this::next);
        final Map<String, Result> objects = new HashMap<>();
        final List<String> announced = new ArrayList<>();
        private int stop;

        void stopBefore(int step) {
            stop = step;
        }

        void next() {
            if (steps.incrementAndGet() == stop) {
                throw new IllegalStateException("killed before step " + stop);
            }
        }

        @Override
        public Location location(Result result) {
            return new Location("bucket", result.archiveKey());
        }

        @Override
        public void put(Stored stored) {
            next();
            objects.put(stored.archived().key(), stored.result());
        }

        @Override
        public void announce(Stored stored) {
            next();
            announced.add(stored.result().id());
        }
    }
}
