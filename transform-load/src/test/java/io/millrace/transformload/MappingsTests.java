package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.events.WorkItem;
import io.millrace.transformload.mapping.MappingFailed;
import io.millrace.transformload.mapping.Mappings;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MappingsTests {

    private static final JsonMapper JSON = new JsonMapper();

    private final Mappings shipped = Mappings.compile(Map.of());

    @Test
    void aChangeKeepsBothImages() {
        var document =
                shipped.document(
                        "record",
                        json(
                                """
                                {"eventName":"MODIFY","keys":{"pk":"1"},"newImage":{"n":2},"oldImage":{"n":1}}
                                """));
        assertThat((JsonNode) document)
                .isEqualTo(
                        json(
                                """
                                {"kind":"record","change":"MODIFY","keys":{"pk":"1"},"item":{"n":2},"previous":{"n":1}}
                                """));
    }

    @Test
    void aLineWithoutIdIsRefusedByItsNumber() {
        var line = Mappings.payload(new WorkItem("orders", 17, json("{\"id\":\"\"}")));
        assertThatExceptionOfType(MappingFailed.class)
                .isThrownBy(() -> shipped.document(Mappings.WORK_ITEM, line))
                .withMessageContaining("line 17 of orders has no id");
    }

    @Test
    void aConfiguredMappingWins() {
        var own = Mappings.compile(Map.of("webhook", "{ \"sum\": $sum(prices) }"));
        assertThat((JsonNode) own.document("webhook", json("{\"prices\":[1,2,3]}")))
                .isEqualTo(json("{\"sum\":6}"));
    }

    @Test
    void aKindWithoutMappingIsAnsweredWithTheKnownOnes() {
        assertThatExceptionOfType(MappingFailed.class)
                .isThrownBy(() -> shipped.document("invoice", json("{}")))
                .withMessageContaining("invoice")
                .withMessageContaining("webhook");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        var own = Mappings.compile(Map.of("webhook", "1 + 1"));
        assertThatExceptionOfType(MappingFailed.class)
                .isThrownBy(() -> own.document("webhook", json("{}")))
                .withMessageContaining("gives 2");
    }

    @Test
    void everyExpressionThatDoesNotCompileIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mappings.compile(Map.of("a", "{", "b", "(1")))
                .withMessageContaining("a: ")
                .withMessageContaining("b: ");
    }

    @Test
    void threadsMayMapAtOnce() {
        var results =
                IntStream.range(0, 2000)
                        .parallel()
                        .mapToObj(n -> shipped.document("image", json("{\"n\":%d}".formatted(n))))
                        .map(document -> document.path("image").path("n").asInt())
                        .toList();
        assertThat(results).hasSize(2000).doesNotHaveDuplicates();
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
