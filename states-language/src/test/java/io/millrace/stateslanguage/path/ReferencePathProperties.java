package io.millrace.stateslanguage.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.stateslanguage.scope.Scope;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class ReferencePathProperties {

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("_-äß")
                .ofMinLength(1)
                .ofMaxLength(4);
    }

    @Provide
    Arbitrary<String> anyNames() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(4);
    }

    @Property(tries = 300)
    void whatIsPutIsFoundAndTheRestStays(
            @ForAll @Size(min = 1, max = 4) List<@From("names") String> steps) {
        var path = ReferencePath.parse("$." + String.join(".", steps));
        var document = JsonNodeFactory.instance.objectNode().put("other thing", 1);
        var value = JsonNodeFactory.instance.stringNode("value");
        var after = path.put(document, value);
        assertThat(path.find(after)).contains(value);
        assertThat(after.get("other thing").asInt()).isEqualTo(1);
        assertThat(document.size()).isEqualTo(1);
    }

    @Property(tries = 300)
    void bracketsTakeAnyName(@ForAll("anyNames") String name) {
        var quoted = name.replace("\\", "\\\\").replace("'", "\\'");
        var path = ReferencePath.parse("$['" + quoted + "']");
        var document = JsonNodeFactory.instance.objectNode().put(name, 1);
        assertThat(path.find(document).orElseThrow().asInt()).isEqualTo(1);
    }

    @Property(tries = 300)
    void thePathLibraryReadsWhatWasPut(
            @ForAll @Size(min = 1, max = 3) List<@From("names") String> steps) {
        var text = "$." + String.join(".", steps);
        var value = JsonNodeFactory.instance.arrayNode().add(1);
        JsonNode document =
                ReferencePath.parse(text).put(JsonNodeFactory.instance.objectNode(), value);
        assertThat(Path.parse(text + "[*]").read(scope(document))).isEqualTo(value);
        assertThat(Path.parse(text).read(scope(document))).isSameAs(value);
    }

    @Example
    void whatSelectsIsNoReferencePath() {
        for (var text :
                List.of(
                        "$.a[*]",
                        "$..a",
                        "$.a[?(@.b)]",
                        "$.a[0:1]",
                        "$.a[-1]",
                        "a",
                        "$$",
                        "$a",
                        "$.",
                        "$.a..b",
                        "$.a.length()")) {
            assertThatThrownBy(() -> ReferencePath.parse(text))
                    .as(text)
                    .isInstanceOf(InvalidExpression.class);
        }
    }

    @Example
    void aPathKnowsWhereItBegins() {
        var data = JsonMapper.shared().readTree("{\"a\": 1}");
        var context = JsonMapper.shared().readTree("{\"a\": 2}");
        var scope = new Scope(data, context, Map.of("a", JsonNodeFactory.instance.numberNode(3)));
        assertThat(Path.parse("$.a").read(scope).asInt()).isEqualTo(1);
        assertThat(Path.parse("$$.a").read(scope).asInt()).isEqualTo(2);
        assertThat(Path.parse("$a").read(scope).asInt()).isEqualTo(3);
        assertThat(Path.parse("$a").variable()).contains("a");
        assertThat(Path.parse("$$").read(scope)).isSameAs(context);
    }

    private static Scope scope(JsonNode document) {
        return new Scope(document, JsonNodeFactory.instance.objectNode(), Map.of());
    }
}
