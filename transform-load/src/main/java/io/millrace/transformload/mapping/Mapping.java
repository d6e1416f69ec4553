package io.millrace.transformload.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A compiled JSONata expression; several threads may apply it at once. */
final class Mapping {

    private static final JsonMapper JSON = new JsonMapper();

    private final String kind;
    private final String expression;

    /** A compiled expression keeps state while it is evaluated, so each evaluation has its own. */
    private final Queue<Jsonata> idle = new ConcurrentLinkedQueue<>();

    Mapping(String kind, String expression) {
        this.kind = kind;
        this.expression = expression;
        idle.add(compile());
    }

    ObjectNode apply(JsonNode payload) {
        var free = idle.poll();
        var compiled = free == null ? compile() : free;
        try {
            var result =
                    JSON.<JsonNode>valueToTree(
                            compiled.evaluate(JSON.convertValue(payload, Object.class)));
            if (result instanceof ObjectNode document) {
                return document;
            }
            throw MappingFailed.noObject(kind, String.valueOf(result));
        } catch (JException e) {
            throw MappingFailed.failed(kind, e);
        } finally {
            idle.add(compiled);
        }
    }

    private Jsonata compile() {
        try {
            return Jsonata.jsonata(expression);
        } catch (JException e) {
            throw new IllegalArgumentException("%s: %s".formatted(kind, e.getMessage()), e);
        }
    }
}
