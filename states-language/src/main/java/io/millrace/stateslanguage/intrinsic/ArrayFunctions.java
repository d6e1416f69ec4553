package io.millrace.stateslanguage.intrinsic;

import java.util.LinkedHashSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions on arrays. */
final class ArrayFunctions {

    /** AWS's limit on what States.ArrayRange makes. */
    private static final long LONGEST_RANGE = 1000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ArrayFunctions() {}

    static JsonNode array(Arguments arguments) {
        return NODES.arrayNode().addAll(arguments.values());
    }

    static JsonNode partition(Arguments arguments) {
        var array = arguments.array(0);
        long size = arguments.integer(1);
        if (size < 1) {
            throw Refusal.of("The chunk size must be a positive integer but was " + size);
        }
        var chunks = NODES.arrayNode();
        var chunk = NODES.arrayNode();
        for (var element : array) {
            chunk.add(element);
            if (chunk.size() == size) {
                chunks.add(chunk);
                chunk = NODES.arrayNode();
            }
        }
        return chunk.isEmpty() ? chunks : chunks.add(chunk);
    }

    static JsonNode contains(Arguments arguments) {
        var wanted = Alike.of(arguments.any(1));
        return NODES.booleanNode(
                arguments.array(0).valueStream().map(Alike::of).anyMatch(wanted::equals));
    }

    static JsonNode range(Arguments arguments) {
        long first = arguments.integer(0);
        long last = arguments.integer(1);
        long step = arguments.integer(2);
        if (step == 0) {
            throw Refusal.of("The increment must not be zero");
        }
        var range = NODES.arrayNode();
        for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
            if (range.size() == LONGEST_RANGE) {
                throw Refusal.of("The range has more than %d elements".formatted(LONGEST_RANGE));
            }
            range.add(Numbers.node(value));
        }
        return range;
    }

    static JsonNode item(Arguments arguments) {
        var array = arguments.array(0);
        long index = arguments.integer(1);
        if (index < 0 || index >= array.size()) {
            throw Refusal.of(
                    "The index %d is outside of the array of %d elements"
                            .formatted(index, array.size()));
        }
        return array.get((int) index);
    }

    static JsonNode length(Arguments arguments) {
        return NODES.numberNode(arguments.array(0).size());
    }

    static JsonNode unique(Arguments arguments) {
        var seen = new LinkedHashSet<JsonNode>();
        var unique = NODES.arrayNode();
        for (var element : arguments.array(0)) {
            if (seen.add(Alike.of(element))) {
                unique.add(element);
            }
        }
        return unique;
    }
}
