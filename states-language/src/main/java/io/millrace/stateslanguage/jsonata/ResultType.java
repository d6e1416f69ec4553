package io.millrace.stateslanguage.jsonata;

import tools.jackson.databind.JsonNode;

/** What a field wants its expression to return. */
public enum ResultType {
    ARRAY("array"),
    ARRAY_OR_OBJECT("array"),
    STRING("string"),
    BOOLEAN("boolean"),
    NUMBER("number");

    private final String text;

    ResultType(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean includes(JsonNode value) {
        return switch (this) {
            case ARRAY -> value.isArray();
            case ARRAY_OR_OBJECT -> value.isContainer();
            case STRING -> value.isString();
            case BOOLEAN -> value.isBoolean();
            case NUMBER -> value.isNumber();
        };
    }

    static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case STRING -> "string";
            case OBJECT, POJO -> "object";
            case NULL, MISSING, BINARY -> "null";
        };
    }
}
