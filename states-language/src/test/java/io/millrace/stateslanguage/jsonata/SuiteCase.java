package io.millrace.stateslanguage.jsonata;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.path.InvalidExpression;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A case of the language's own test suite, as its TESTSUITE.md describes them.
 *
 * @param id the group, the file, and where it holds several the position in it
 */
record SuiteCase(String id, Path folder, JsonNode spec) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
            (a, b) -> a.equals(b) || isSameNumber(a, b) ? 0 : 1;

    private static boolean isSameNumber(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() && a.doubleValue() == b.doubleValue();
    }

    static List<SuiteCase> all(Path suite) throws IOException {
        var cases = new ArrayList<SuiteCase>();
        try (var files = Files.walk(suite.resolve("groups"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                var name = file.getParent().getFileName() + "/" + file.getFileName();
                var content = JSON.readTree(Files.readString(file));
                if (!content.isArray()) {
                    cases.add(new SuiteCase(name, file.getParent(), content));
                }
                for (var i = 0; content.isArray() && i < content.size(); i++) {
                    cases.add(
                            new SuiteCase(name + "[" + i + "]", file.getParent(), content.get(i)));
                }
            }
        }
        return cases;
    }

    /** What is wrong with what our evaluator makes of it; empty if nothing is. */
    Optional<String> complaint(Environment environment) throws IOException {
        try {
            var expression = JsonataExpression.parse("{% " + text() + " %}", "Output");
            return ofResult(expression.evaluateOn(input(), scope(), environment));
        } catch (InvalidExpression e) {
            // Refused when a definition is parsed, in words, without the code.
            return code().startsWith("S") ? Optional.empty() : ofError(e);
        } catch (EvaluationFailure e) {
            return ofError(e);
        }
    }

    private String text() throws IOException {
        return spec.has("expr")
                ? spec.get("expr").stringValue()
                : Files.readString(folder.resolve(spec.get("expr-file").stringValue()));
    }

    private Optional<JsonNode> input() throws IOException {
        if (spec.has("data")) {
            return Optional.of(spec.get("data"));
        }
        if (!spec.path("dataset").isString()) {
            return Optional.empty();
        }
        var file = "../../datasets/%s.json".formatted(spec.get("dataset").stringValue());
        return Optional.of(JSON.readTree(Files.readString(folder.resolve(file))));
    }

    private Scope scope() {
        Map<String, JsonNode> variables = new HashMap<>();
        spec.path("bindings").properties().forEach(e -> variables.put(e.getKey(), e.getValue()));
        var nothing = JsonNodeFactory.instance.objectNode();
        return new Scope(nothing, nothing, variables);
    }

    private Optional<String> ofResult(Optional<JsonNode> result) {
        if (spec.has("undefinedResult")) {
            return result.map(value -> "expected nothing, got " + value);
        }
        if (!spec.has("result")) {
            return Optional.of("expected error %s, got %s".formatted(code(), result));
        }
        var expected = spec.get("result");
        if (result.isEmpty()) {
            return Optional.of("expected %s, got nothing".formatted(expected));
        }
        var same =
                spec.path("unordered").asBoolean(false)
                        ? sorted(expected).equals(sorted(result.get()))
                        : expected.equals(NUMBERS_BY_VALUE, result.get());
        return same
                ? Optional.empty()
                : Optional.of("expected %s, got %s".formatted(expected, result.get()));
    }

    private static List<String> sorted(JsonNode array) {
        return array.valueStream().map(JsonNode::toString).sorted().toList();
    }

    private Optional<String> ofError(RuntimeException error) {
        var message = String.valueOf(error.getMessage());
        if (spec.has("result") || spec.has("undefinedResult")) {
            return Optional.of("expected %s, got error %s".formatted(spec.get("result"), message));
        }
        return message.contains(code())
                ? Optional.empty()
                : Optional.of("expected error %s, got error %s".formatted(code(), message));
    }

    private String code() {
        return spec.has("code")
                ? spec.get("code").asString()
                : spec.path("error").path("code").asString("");
    }
}
