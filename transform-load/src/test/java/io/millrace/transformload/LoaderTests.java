package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.transformload.mapping.Mappings;
import io.millrace.transformload.result.Gathering;
import io.millrace.transformload.result.Loader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
        world.startAgain();
        deliver("{ \"v\": a }", BEFORE_MIDNIGHT);
        assertThat(world.results.items).containsOnlyKeys("e/1");
        assertThat(world.archive.objects).hasSize(1);
        assertThat(world.announced).isNotEmpty().containsOnly("e/1");
    }

    @Test
    void aRepeatOnAnotherDayWritesTheSameObject() {
        world.stopBefore(4);
        assertThatIllegalStateException()
                .isThrownBy(() -> deliver("{ \"v\": a }", BEFORE_MIDNIGHT));
        world.startAgain();
        deliver("{ \"v\": a }", AFTER_MIDNIGHT);
        assertThat(world.archive.objects.keySet())
                .singleElement()
                .asString()
                .startsWith("archive/kind=image/date=2026-11-23/");
    }

    @Test
    void aRepeatUnderAnotherMappingArchivesWhatTheTableHolds() {
        world.stopBefore(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> deliver("{ \"v\": a }", BEFORE_MIDNIGHT));
        world.startAgain();
        deliver("{ \"changed\": a }", BEFORE_MIDNIGHT);
        assertThat(world.archive.objects.values())
                .singleElement()
                .satisfies(lines ->
                        assertThat(lines)
                                .singleElement()
                                .satisfies(
                                        result -> assertThat(result.document().has("v")).isTrue()));
    }

    @Test
    void whatHappensOnceTakesThreeSteps() {
        deliver("{ \"v\": a }", BEFORE_MIDNIGHT);
        assertThat(world.steps).isEqualTo(4);
    }

    /** A message's delivery: its effects, then its deletion. */
    private void deliver(String mapping, Instant time) {
        var mappings = Mappings.compile(Map.of("image", mapping), Duration.ofSeconds(5));
        var gathering = new Gathering(world.storage, Duration.ZERO, 1);
        new Loader(mappings, gathering, world)
                .load("e/1", "image", time, new JsonMapper().readTree("{\"a\":1}"));
        world.next();
    }
}
