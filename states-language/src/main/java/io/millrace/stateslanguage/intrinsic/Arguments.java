package io.millrace.stateslanguage.intrinsic;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values that a function is called with, taken as the type that it needs. */
record Arguments(List<JsonNode> values) {

    int count() {
        return values.size();
    }

    JsonNode any(int index) {
        return values.get(index);
    }

    ArrayNode array(int index) {
        if (any(index) instanceof ArrayNode array) {
            return array;
        }
        throw wrong(index, "an array");
    }

    ObjectNode object(int index) {
        if (any(index) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(index, "an object");
    }

    String string(int index) {
        if (any(index).isString()) {
            return any(index).stringValue();
        }
        throw wrong(index, "a string");
    }

    boolean bool(int index) {
        if (any(index).isBoolean()) {
            return any(index).booleanValue();
        }
        throw wrong(index, "a boolean");
    }

    /** A whole number; others are rounded, as AWS does. */
    long integer(int index) {
        if (!any(index).isNumber()) {
            throw wrong(index, "a number");
        }
        try {
            return Numbers.rounded(any(index));
        } catch (ArithmeticException e) {
            throw wrong(index, "a number of 64 bits");
        }
    }

    private Refusal wrong(int index, String wanted) {
        return Refusal.of(
                "Argument %d must be %s but was %s".formatted(index + 1, wanted, any(index)));
    }
}
