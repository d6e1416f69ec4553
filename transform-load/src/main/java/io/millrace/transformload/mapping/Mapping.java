package io.millrace.transformload.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSONata expression that gives a document. */
final class Mapping {

    /** How deep an expression's own functions may call each other. */
    private static final int DEEPEST = 500;

    private final String kind;
    private final String expression;
    private final Duration longest;

    /** A compiled expression keeps state while it is evaluated, so each evaluation has its own. */
    private final Queue<Jsonata> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param longest how long an evaluation may take, so that an endless one ends
     * @throws IllegalArgumentException if the expression does not compile
     */
    Mapping(String kind, String expression, Duration longest) {
        this.kind = kind;
        this.expression = expression;
        this.longest = longest;
        idle.add(compile());
    }

    ObjectNode apply(JsonNode payload) {
        var result = evaluate(payload);
        if (result instanceof ObjectNode document) {
            return document;
        }
        throw MappingFailed.noObject(
                kind, result == null ? "nothing (undefined)" : result.toString());
    }

    private @Nullable JsonNode evaluate(JsonNode payload) {
        var free = idle.poll();
        var compiled = free == null ? compile() : free;
        try {
            var frame = compiled.createFrame();
            frame.setRuntimeBounds(longest.toMillis(), DEEPEST);
            var value = compiled.evaluate(Values.of(payload), frame);
            return value == null ? null : Values.tree(value);
        } catch (RuntimeException | StackOverflowError e) {
            // Wrong arguments come out of the library as ClassCastException and its like, too.
            throw MappingFailed.failed(kind, e);
        } finally {
            idle.add(compiled);
        }
    }

    private Jsonata compile() {
        try {
            var compiled = Jsonata.jsonata(expression);
            compiled.setValidateInput(false);
            compiled.setOutputConvertNulls(false);
            return compiled;
        } catch (JException e) {
            throw new IllegalArgumentException(
                    "%s (at character %d)".formatted(e.getMessage(), e.getLocation()), e);
        } catch (RuntimeException | StackOverflowError e) {
            // The library's parser also throws what it happens to trip over.
            throw new IllegalArgumentException("it is no JSONata expression: " + e, e);
        }
    }
}
