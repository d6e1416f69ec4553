package io.millrace.stateslanguage.evaluate;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a Map state is to do.
 *
 * @param items one iteration each, in this order
 * @param maxConcurrency how many at once; 0: as many as the engine likes
 */
public record Iterations(List<JsonNode> items, int maxConcurrency) {
    public Iterations {
        items = List.copyOf(items);
    }
}
