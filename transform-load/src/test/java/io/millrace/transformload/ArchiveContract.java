package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.transformload.result.Archive;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Stored;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What an archive does with objects of several results, whatever it is made of. */
abstract class ArchiveContract {

    private final String prefix = UUID.randomUUID().toString();
    private final Result one = result("1");
    private final Result two = result("2");

    abstract Archive archive();

    @Test
    void aCommonObjectHasTheIdsOfItsResults() {
        var place = archive().location(List.of(one, two));
        assertThat(archive().putNew(place, List.of(new Stored(one, place), new Stored(two, place))))
                .isTrue();
        assertThat(archive().closed(place)).containsExactlyInAnyOrder(one.id(), two.id());
    }

    @Test
    void whatIsThereIsNotReplaced() {
        var place = archive().location(List.of(one, two));
        archive().putNew(place, List.of(new Stored(one, place)));
        assertThat(archive().putNew(place, List.of(new Stored(two, place)))).isFalse();
        assertThat(archive().closed(place)).containsExactly(one.id());
    }

    @Test
    void whereNothingWasFoundNothingCanBePut() {
        var place = archive().location(List.of(one, two));
        assertThat(archive().closed(place)).isEmpty();
        assertThat(archive().putNew(place, List.of(new Stored(one, place)))).isFalse();
        assertThat(archive().closed(place)).isEmpty();
    }

    @Test
    void theSameResultsHaveTheSamePlaceInAnyOrder() {
        assertThat(archive().location(List.of(one, two)))
                .isEqualTo(archive().location(List.of(two, one)))
                .isNotEqualTo(archive().location(List.of(one)))
                .satisfies(place ->
                        assertThat(place.key())
                                .matches("archive/kind=image/date=2026-11-23/batch-.+\\.jsonl"));
    }

    private Result result(String id) {
        return new Result(
                prefix + id,
                "image",
                Instant.parse("2026-11-23T10:15:30Z"),
                new JsonMapper().createObjectNode().put("n", "grün"));
    }
}
