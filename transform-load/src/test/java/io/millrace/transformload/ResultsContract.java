package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.transformload.result.Location;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Results;
import io.millrace.transformload.result.Stored;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a table of results does, whatever it is made of. */
abstract class ResultsContract {

    static final Instant TIME = Instant.parse("2026-11-23T10:15:30Z");
    private static final JsonMapper JSON = new JsonMapper();

    final String id = "contract/" + UUID.randomUUID();

    abstract Results results();

    @Test
    void aNewResultIsStoredAsItIs() {
        var stored = stored("{\"n\":1}", "a");
        assertThat(results().putIfAbsent(stored)).isEqualTo(stored);
    }

    @Test
    void theFirstResultStays() {
        var first =
                stored(
                        """
                        {"n":1.5,"text":"grün","none":null,"empty":{},"list":[true,[],{"a":""}]}\
                        """,
                        "a");
        results().putIfAbsent(first);
        assertThat(results().putIfAbsent(stored("{\"n\":2}", "b"))).isEqualTo(first);
        assertThat(results().putIfAbsent(stored("{\"n\":3}", "c"))).isEqualTo(first);
    }

    @Test
    void ofManyAtOnceAllSeeTheSameFirst() {
        var seen =
                IntStream.range(0, 20)
                        .parallel()
                        .mapToObj(n ->
                                results().putIfAbsent(stored("{\"n\":%d}".formatted(n), "k" + n)))
                        .distinct()
                        .toList();
        assertThat(seen).hasSize(1);
    }

    @Test
    void whereAnObjectLiesIsChangedFromWhatItWas() {
        var first = stored("{\"n\":1}", "a");
        results().putIfAbsent(first);
        var moved = stored("{\"n\":1}", "b");
        assertThat(results().move(first, moved.archived())).isEqualTo(moved);
        assertThat(results().move(first, new Location("bucket", "archive/c"))).isEqualTo(moved);
        assertThat(results().putIfAbsent(first)).isEqualTo(moved);
    }

    Stored stored(String document, String key) {
        return new Stored(
                new Result(id, "image", TIME, JSON.readValue(document, ObjectNode.class)),
                new Location("bucket", "archive/" + key));
    }
}
