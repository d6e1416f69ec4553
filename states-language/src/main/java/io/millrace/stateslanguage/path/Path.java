package io.millrace.stateslanguage.path;

import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.scope.Scope;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A compiled JSONPath into the data ({@code $}), the context object ({@code $$}) or a variable
 * ({@code $name}).
 */
public final class Path {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)(.*)", Pattern.DOTALL);

    /** All of the data. */
    public static final Path ROOT = parse("$");

    private final String text;
    private final Root root;
    private final JsonPath compiled;
    private final Optional<ReferencePath> simple;

    private Path(String text, Root root, String below) {
        this.text = text;
        this.root = root;
        this.compiled = compile(text, below);
        this.simple = ReferencePath.tryParse(below);
    }

    /** In which document a path begins. */
    private sealed interface Root {
        record Input() implements Root {}

        record Context() implements Root {}

        record Variable(String name) implements Root {}
    }

    /**
     * The path that a text gives.
     *
     * @throws InvalidExpression if it is no JSONPath
     */
    public static Path parse(String text) {
        if (text.startsWith("$$")) {
            return new Path(text, new Root.Context(), text.substring(1));
        }
        var variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            return new Path(text, new Root.Variable(variable.group(1)), "$" + variable.group(2));
        }
        if (!text.startsWith("$")) {
            throw InvalidExpression.of(text, "a JSONPath begins with $");
        }
        return new Path(text, new Root.Input(), text);
    }

    private static JsonPath compile(String text, String below) {
        if (below.isBlank() || below.endsWith(".") || !below.equals(below.strip())) {
            throw InvalidExpression.of(text, "a JSONPath has no blank end and no last dot");
        }
        try {
            return JsonPath.compile(below);
        } catch (RuntimeException | StackOverflowError e) {
            // The library's parser throws what it happens to trip over, not its own errors only.
            throw InvalidExpression.of(text, String.valueOf(e.getMessage()));
        }
    }

    /** The path as the definition writes it. */
    public String text() {
        return text;
    }

    /** The name of the variable that the path begins at, if it begins at one. */
    public Optional<String> variable() {
        return root instanceof Root.Variable(var name) ? Optional.of(name) : Optional.empty();
    }

    /** Whether the path begins at the context object. */
    public boolean isContext() {
        return root instanceof Root.Context;
    }

    /** Whether the path names one place; else it selects, and yields an array. */
    public boolean isDefinite() {
        return compiled.isDefinite();
    }

    /**
     * What the path selects: a value if it is definite, else an array of all that match.
     *
     * @throws EvaluationFailure States.Runtime if a definite path leads nowhere
     */
    public JsonNode read(Scope scope) {
        return read(document(scope));
    }

    /** What the path selects, if it leads anywhere. */
    public Optional<JsonNode> find(Scope scope) {
        var document = documentIfAny(scope);
        if (document == null) {
            return Optional.empty();
        }
        if (simple.isPresent()) {
            return simple.get().find(document);
        }
        try {
            return Optional.of(select(document));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private JsonNode read(JsonNode document) {
        if (simple.isPresent()) {
            var found = simple.get().find(document);
            if (found.isPresent()) {
                return found.get();
            }
        }
        try {
            return select(document);
        } catch (RuntimeException | StackOverflowError e) {
            // A path function may trip over the data: a ClassCastException is a failed path too.
            throw EvaluationFailure.runtime(
                    "Invalid path '%s' : %s".formatted(text, e.getMessage()));
        }
    }

    private JsonNode select(JsonNode document) {
        try {
            return JacksonTrees.node(compiled.read((Object) document, JacksonTrees.CONFIGURATION));
        } catch (PathNotFoundException e) {
            // A path that selects finds nothing where there is nothing, as AWS has it.
            if (isDefinite()) {
                throw e;
            }
            return JsonNodeFactory.instance.arrayNode();
        }
    }

    private JsonNode document(Scope scope) {
        var document = documentIfAny(scope);
        if (document == null) {
            throw EvaluationFailure.runtime(
                    "Invalid path '%s' : The variable could not be found".formatted(text));
        }
        return document;
    }

    private @Nullable JsonNode documentIfAny(Scope scope) {
        return switch (root) {
            case Root.Input _ -> scope.input();
            case Root.Context _ -> scope.context();
            case Root.Variable(var name) -> scope.variables().get(name);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Path path && path.text.equals(text);
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
