package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Storage;
import io.millrace.transformload.result.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Results that share an object, whatever crashes and whoever is repeated with whom. */
class StorageTests {

    private static final Result A = result("a");
    private static final Result B = result("b");
    private static final Result C = result("c");
    private static final Result D = result("d");

    private final World world = new World();

    @Test
    void severalResultsAreOneObjectWithALineEach() {
        deliver(List.of(A, B, C));
        assertThat(world.archive.objects).hasSize(1);
        assertEachIsThereOnce(A, B, C);
    }

    @Test
    void oneAloneHasAnObjectOfItsOwn() {
        deliver(List.of(A));
        assertThat(world.archive.objects).containsOnlyKeys(A.archiveKey());
    }

    /** Two stores in the table, one in the archive, two announcements, the messages' deletion. */
    static Stream<Arguments> crashesAndRepeats() {
        var repeats =
                List.of(
                        List.of(List.of(A, B)),
                        List.of(List.of(B, A)),
                        List.of(List.of(A), List.of(B)),
                        List.of(List.of(B), List.of(A)),
                        List.of(List.of(A, C), List.of(B, D)),
                        List.of(List.of(D, B, A, C)));
        return Stream.of(1, 2, 3, 4, 5, 6)
                .flatMap(step -> repeats.stream().map(batches -> Arguments.of(step, batches)));
    }

    @ParameterizedTest
    @MethodSource("crashesAndRepeats")
    void killedBeforeAnyStepEachIsThereOnceInWhateverCompanyItComesAgain(
            int step, List<List<Result>> batches) {
        world.stopBefore(step);
        deliver(List.of(A, B));
        world.startAgain();
        batches.forEach(this::deliver);
        assertEachIsThereOnce(batches.stream().flatMap(List::stream).toArray(Result[]::new));
    }

    @ParameterizedTest
    @MethodSource("crashesAndRepeats")
    void killedInTheRepeatTooEachIsThereOnce(int step, List<List<Result>> batches) {
        world.stopBefore(3);
        deliver(List.of(A, B));
        world.startAgain();
        world.stopBefore(world.steps + step);
        batches.forEach(this::deliver);
        world.startAgain();
        batches.forEach(this::deliver);
        assertEachIsThereOnce(batches.stream().flatMap(List::stream).toArray(Result[]::new));
    }

    @Test
    void aProcessThatWasOnlySlowPutsItsObjectNoMore() {
        var common = world.archive.location(List.of(A, B));
        world.results.putIfAbsent(new Stored(A, common));
        world.results.putIfAbsent(new Stored(B, common));
        deliver(List.of(A));
        assertThat(world.archive.putNew(common, List.of(new Stored(A, common)))).isFalse();
        // It finds itself overtaken, and goes the same way.
        deliver(List.of(A, B));
        assertEachIsThereOnce(A, B);
    }

    @Test
    void whatIsNotInTheObjectThatItWasMeantForGetsItsOwn() {
        deliver(List.of(A, B));
        // B's object was put without C, whose put into the table nobody has seen succeed.
        var common = archived(B);
        world.results.putIfAbsent(new Stored(C, common));
        deliver(List.of(C));
        assertThat(archived(C).key()).isEqualTo(C.archiveKey());
        assertEachIsThereOnce(A, B, C);
    }

    @Test
    void oneThatTheTableDoesNotTakeCostsTheOthersNothing() {
        var first = new AtomicBoolean(true);
        // Only the first put is refused.
        var results =
                new InMemoryResults(() -> {
                    if (first.getAndSet(false)) {
                        throw new IllegalStateException("throttled");
                    }
                });
        var stored = new Storage(results, world.archive, Runnable::run).store(List.of(A, B));
        assertThat(stored.get("a")).isCompletedExceptionally();
        assertThat(stored.get("b")).isCompleted();
        assertThat(world.archived()).containsExactly("b");
    }

    private void deliver(List<Result> batch) {
        world.storage
                .store(batch)
                .values()
                .forEach(stored -> {
                    try {
                        world.announce(stored.join());
                    } catch (CompletionException | IllegalStateException _) {
                        // It was killed: the message comes again.
                    }
                });
    }

    private void assertEachIsThereOnce(Result... results) {
        var ids = Stream.of(results).map(Result::id).toList();
        assertThat(world.archived()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(world.announced).containsAll(ids);
        for (var result : results) {
            assertThat(world.archive.objects.get(archived(result).key()))
                    .as("where the table says that %s lies", result.id())
                    .contains(result);
        }
    }

    private Location archived(Result result) {
        return Objects.requireNonNull(world.results.items.get(result.id())).archived();
    }

    private static Result result(String id) {
        return new Result(
                id,
                "image",
                Instant.parse("2026-11-23T10:15:30Z"),
                new JsonMapper().createObjectNode().put("id", id));
    }
}
