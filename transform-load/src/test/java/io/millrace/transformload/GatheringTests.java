package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.transformload.result.Gathering;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class GatheringTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final World world = new World();

    @Test
    void asManyAsShareAnObjectAreStoredAtOnce() {
        all(new Gathering(world.storage, LONG, 3), result("a"), result("b"), result("c"));
        assertThat(world.archive.objects.values())
                .singleElement()
                .satisfies(lines -> assertThat(lines).hasSize(3));
    }

    @Test
    void partitionsHaveObjectsOfTheirOwn() {
        var other =
                new Result(
                        "x",
                        "webhook",
                        Instant.parse("2026-11-23T10:15:30Z"),
                        new JsonMapper().createObjectNode());
        var another =
                new Result(
                        "y",
                        "webhook",
                        Instant.parse("2026-11-23T10:15:30Z"),
                        new JsonMapper().createObjectNode());
        all(new Gathering(world.storage, LONG, 2), result("a"), other, result("b"), another);
        assertThat(world.archive.objects)
                .hasSize(2)
                .allSatisfy((_, lines) -> assertThat(lines).hasSize(2));
    }

    @Test
    void theFirstWaitsForTheLingerOnly() {
        all(new Gathering(world.storage, Duration.ofMillis(1), 100), result("a"));
        assertThat(world.archived()).containsExactly("a");
    }

    @Test
    void aMessageThatIsThereTwiceAtOnceIsOneLine() {
        all(new Gathering(world.storage, Duration.ofMillis(200), 100), result("a"), result("a"));
        assertThat(world.archived()).containsExactly("a");
    }

    @Test
    void eachLearnsWhyItsOwnWasNotStored() {
        world.stopBefore(1);
        var gathering = new Gathering(world.storage, Duration.ofMillis(1), 100);
        assertThatIllegalStateException()
                .isThrownBy(() -> gathering.store(result("a")))
                .withMessageContaining("killed");
    }

    private static List<Stored> all(Gathering gathering, Result... results) {
        return Stream.of(results)
                .map(result ->
                        CompletableFuture.supplyAsync(
                                () -> gathering.store(result), Thread::startVirtualThread))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Result result(String id) {
        return new Result(
                id,
                "image",
                Instant.parse("2026-11-23T10:15:30Z"),
                new JsonMapper().createObjectNode().put("id", id));
    }
}
