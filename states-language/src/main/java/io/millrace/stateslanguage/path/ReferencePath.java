package io.millrace.stateslanguage.path;

import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A path that names exactly one place of a document, so that a value can be put there (ASL,
 * "Reference Paths").
 */
public final class ReferencePath {

    /** The whole document. */
    public static final ReferencePath ROOT = new ReferencePath("$", List.of());

    /** JSON itself is read and written no deeper. */
    private static final int MOST_STEPS = 500;

    private static final Pattern STEP =
            Pattern.compile(
                    "\\.([^\\s.\\[\\]()@,:?*'\"$]+)"
                            + "|\\[(\\d{1,9})]"
                            + "|\\['((?:[^'\\\\]|\\\\.)*)']"
                            + "|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private final String text;
    private final List<Step> steps;

    private ReferencePath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /** One step down a document. */
    sealed interface Step {

        /** Into the member of an object. */
        record Name(String name) implements Step {}

        /** Into the element of an array. */
        record Index(int index) implements Step {}
    }

    /**
     * The path that a text such as {@code $.a['b'][0]} names.
     *
     * @throws InvalidExpression if it is no reference path
     */
    public static ReferencePath parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> InvalidExpression.of(text, "not a valid reference path"));
    }

    /** The path that a text names, if it is a reference path. */
    static Optional<ReferencePath> tryParse(String text) {
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            if (steps.size() == MOST_STEPS) {
                return Optional.empty();
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return Optional.of(new ReferencePath(text, steps));
    }

    private static Step step(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Step.Name(matcher.group(1));
        }
        if (matcher.group(2) != null) {
            return new Step.Index(Integer.parseInt(matcher.group(2)));
        }
        var quoted = matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
        return new Step.Name(ESCAPE.matcher(quoted).replaceAll("$1"));
    }

    public String text() {
        return text;
    }

    public boolean isRoot() {
        return steps.isEmpty();
    }

    /** What stands at this place, if it exists. */
    public Optional<JsonNode> find(JsonNode document) {
        JsonNode at = document;
        for (var step : steps) {
            at =
                    switch (step) {
                        case Step.Name(var name) -> at.isObject() ? at.get(name) : null;
                        case Step.Index(var index) -> at.isArray() ? at.get(index) : null;
                    };
            if (at == null) {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    /**
     * The document with the value put at this place. Objects on the way that are missing are made;
     * the given document stays as it is.
     *
     * @throws EvaluationFailure States.ResultPathMatchFailure if the place cannot be made
     */
    public JsonNode put(JsonNode document, JsonNode value) {
        return put(document, document, 0, value);
    }

    private JsonNode put(JsonNode document, @Nullable JsonNode at, int depth, JsonNode value) {
        if (depth == steps.size()) {
            return value;
        }
        return switch (steps.get(depth)) {
            case Step.Name(var name) -> {
                var copy = object(document, at);
                copy.set(name, put(document, copy.get(name), depth + 1, value));
                yield copy;
            }
            case Step.Index(var index) -> {
                var copy = array(document, at, index);
                copy.set(index, put(document, copy.get(index), depth + 1, value));
                yield copy;
            }
        };
    }

    private ObjectNode object(JsonNode document, @Nullable JsonNode at) {
        var copy = JsonNodeFactory.instance.objectNode();
        if (at instanceof ObjectNode existing) {
            copy.setAll(existing);
        } else if (at != null && !at.isNull()) {
            throw mismatch(document);
        }
        return copy;
    }

    private ArrayNode array(JsonNode document, @Nullable JsonNode at, int index) {
        if (at instanceof ArrayNode existing && index < existing.size()) {
            return JsonNodeFactory.instance.arrayNode(existing.size()).addAll(existing);
        }
        // A reference path replaces an element; it makes no array longer.
        throw mismatch(document);
    }

    private EvaluationFailure mismatch(JsonNode document) {
        return EvaluationFailure.of(
                ErrorNames.RESULT_PATH_MATCH_FAILURE,
                "Unable to apply ReferencePath %s to input %s".formatted(text, document));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReferencePath path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
