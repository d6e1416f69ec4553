package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.events.WorkItem;
import io.millrace.transformload.mapping.InvalidMappings;
import io.millrace.transformload.mapping.MappingFailed;
import io.millrace.transformload.mapping.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MappingsTests {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Mappings shipped = Mappings.compile(Map.of(), LONGEST);

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
        var own = Mappings.compile(Map.of("webhook", "{ \"sum\": $sum(prices) }"), LONGEST);
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
        var own = Mappings.compile(Map.of("webhook", "1 + 1"), LONGEST);
        assertThatExceptionOfType(MappingFailed.class)
                .isThrownBy(() -> own.document("webhook", json("{}")))
                .withMessageContaining("gives 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"a\"", "false"})
    void whateverIsNoEmptyTextIsAnId(String id) {
        var line = Mappings.payload(new WorkItem("orders", 1, json("{\"id\":%s}".formatted(id))));
        assertThat(shipped.document(Mappings.WORK_ITEM, line).path("item").path("id"))
                .isEqualTo(json(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"\"}", "{\"id\":null}", "{}", "[]", "17", "null"})
    void aLineWithoutIdIsRefused(String item) {
        var line = Mappings.payload(new WorkItem("orders", 17, json(item)));
        assertThatExceptionOfType(MappingFailed.class)
                .isThrownBy(() -> shipped.document(Mappings.WORK_ITEM, line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "[null,[[1]],{}]",
                "{\"none\":null,\"empty\":\"\",\"list\":[1]}",
                "9007199254740993",
                "1.5",
                "\"\\u0000\""
            })
    void whatAMappingPassesOnStaysAsItIs(String value) {
        var own = Mappings.compile(Map.of("webhook", "{ \"same\": v }"), LONGEST);
        assertThat(own.document("webhook", json("{\"v\":%s}".formatted(value))).get("same"))
                .isEqualTo(json(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"a\": function($x) { $x } }",
                "$substring(1, 2, 3, 4)",
                "missing",
                "{ \"a\": $number(text) }",
                "{ \"a\": text * 2 }",
                "{ \"a\": 1 / 0 }",
                "$error(\"no\")",
                "( $f := function() { 1 + $f() }; { \"a\": $f() } )",
                "( $f := function() { $f() }; { \"a\": $f() } )"
            })
    void whateverGoesWrongInAMappingIsItsFailure(String expression) {
        var own = Mappings.compile(Map.of("webhook", expression), Duration.ofMillis(300));
        assertThatExceptionOfType(MappingFailed.class)
                .isThrownBy(() -> own.document("webhook", json("{\"text\":\"abc\"}")))
                .withMessageContaining("webhook");
    }

    @Test
    void anExpressionMayLieInAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("invoice.jsonata"), "{ \"total\": $sum(a) }");
        var own =
                Mappings.compile(
                        Map.of(
                                "invoice",
                                "file:" + file,
                                "copy",
                                "classpath:/mappings/webhook.jsonata"),
                        LONGEST);
        assertThat((JsonNode) own.document("invoice", json("{\"a\":[1,2]}")))
                .isEqualTo(json("{\"total\":3}"));
        assertThat(own.document("copy", json("{}")).path("kind").asString()).isEqualTo("webhook");
    }

    @Test
    void everyMappingThatCannotBeUsedIsNamedAtOnce() {
        var broken =
                Map.of(
                        "a", "{",
                        "b", "(1",
                        "c", "file:/no/such/file.jsonata",
                        "d", "classpath:no/such.jsonata",
                        "e", "\"ends early",
                        "f", "");
        assertThatExceptionOfType(InvalidMappings.class)
                .isThrownBy(() -> Mappings.compile(broken, LONGEST))
                .satisfies(invalid ->
                        assertThat(invalid.problems())
                                .extracting(InvalidMappings.Problem::kind)
                                .containsExactly("a", "b", "c", "d", "e", "f"));
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
