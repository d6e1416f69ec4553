package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.transformload.mapping.Mappings;
import io.millrace.transformload.result.Announcements;
import io.millrace.transformload.result.Archive;
import io.millrace.transformload.result.Loader;
import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Results;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LoaderTests {

    private static final Instant TIME = Instant.parse("2026-11-23T23:59:59Z");

    /** Remembers effects, and stops the world before the step it is told to. */
    private static final class World implements Results, Archive, Announcements {
        final Map<String, Result> items = new HashMap<>();
        final Map<String, Result> objects = new HashMap<>();
        final List<String> announced = new ArrayList<>();
        int stopBefore;
        int step;

        private void next() {
            if (++step == stopBefore) {
                throw new IllegalStateException("killed before step " + step);
            }
        }

        @Override
        public void putIfAbsent(Result result, Location archived) {
            next();
            items.putIfAbsent(result.id(), result);
        }

        @Override
        public Location location(Result result) {
            return new Location("bucket", result.archiveKey());
        }

        @Override
        public void put(Result result) {
            next();
            objects.put(result.archiveKey(), result);
        }

        @Override
        public void announce(Result result, Location archived) {
            next();
            announced.add(result.id());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void killedBeforeAnyStepAndRepeatedTheEffectIsOne(int step) {
        var world = new World();
        var loader = new Loader(Mappings.compile(Map.of()), world, world, world);
        world.stopBefore = step;
        assertThatThrownBy(() -> load(loader)).isInstanceOf(IllegalStateException.class);
        load(loader);
        assertThat(world.items).containsOnlyKeys("e/1");
        assertThat(world.objects).hasSize(1);
        assertThat(world.announced).containsOnly("e/1");
    }

    @ParameterizedTest
    @ValueSource(strings = "archive/kind=image/date=2026-11-23/")
    void theObjectLiesUnderItsDay(String prefix) {
        var world = new World();
        load(new Loader(Mappings.compile(Map.of()), world, world, world));
        assertThat(world.objects.keySet()).allMatch(key -> key.startsWith(prefix));
    }

    private static void load(Loader loader) {
        loader.load("e/1", "image", TIME, new JsonMapper().readTree("{\"a\":1}"));
    }
}
