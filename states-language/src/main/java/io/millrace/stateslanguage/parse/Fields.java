package io.millrace.stateslanguage.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of one object of a definition; tells the problems of those that are asked for. */
record Fields(ObjectNode object, String location, Problems problems) {

    String at(String name) {
        return location.equals("/") ? "/" + name : location + "/" + name;
    }

    boolean has(String name) {
        return object.has(name);
    }

    Optional<JsonNode> any(String name) {
        return Optional.ofNullable(object.get(name));
    }

    Optional<String> string(String name) {
        return typed(name, "String", JsonNode::isString).map(JsonNode::stringValue);
    }

    Optional<String> requiredString(String name) {
        require(name);
        return string(name);
    }

    Optional<Boolean> bool(String name) {
        return typed(name, "Boolean", JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    /** A whole number in a range. */
    Optional<Long> integer(String name, long least, long most) {
        return typed(name, "Integer", Fields::isInteger)
                .map(JsonNode::longValue)
                .filter(value -> inRange(name, value >= least && value <= most, least, most));
    }

    static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    Optional<Double> number(String name, long least, long most) {
        return typed(name, "Number", JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .filter(value -> inRange(name, value >= least && value <= most, least, most));
    }

    boolean inRange(String name, boolean inRange, long least, long most) {
        if (!inRange) {
            problems.schema(at(name), "Value must be from %d to %d".formatted(least, most));
        }
        return inRange;
    }

    Optional<Fields> object(String name) {
        return typed(name, "Object", JsonNode::isObject)
                .map(value -> new Fields((ObjectNode) value, at(name), problems));
    }

    Optional<Fields> requiredObject(String name) {
        require(name);
        return object(name);
    }

    /** The elements of an array of objects; those that are none are told and left out. */
    List<Fields> objects(String name) {
        return elements(name, "Object", JsonNode::isObject).stream()
                .map(e -> new Fields((ObjectNode) e.value(), e.location(), problems))
                .toList();
    }

    /** The elements of an array of strings; those that are none are told and left out. */
    List<String> strings(String name) {
        return elements(name, "String", JsonNode::isString).stream()
                .map(element -> element.value().stringValue())
                .toList();
    }

    void requiredNotEmpty(String name) {
        require(name);
        if (object.get(name) instanceof ArrayNode array && array.isEmpty()) {
            problems.schema(at(name), "Value cannot be empty");
        }
    }

    void require(String name) {
        if (!has(name)) {
            problems.required(location, List.of(name));
        }
    }

    /** Tells each field that is none of these. */
    void allowOnly(Set<String> allowed) {
        for (var name : object.propertyNames()) {
            if (!allowed.contains(name)) {
                unsupported(name);
            }
        }
    }

    void unsupported(String name) {
        problems.schema(location, "Field '%s' is not supported".formatted(name));
    }

    private record Element(JsonNode value, String location) {}

    private List<Element> elements(String name, String type, Predicate<JsonNode> fits) {
        var array = typed(name, "Array", JsonNode::isArray);
        if (array.isEmpty()) {
            return List.of();
        }
        var elements = new ArrayList<Element>();
        for (int i = 0; i < array.get().size(); i++) {
            var element = new Element(array.get().get(i), at(name) + "[" + i + "]");
            if (fits.test(element.value())) {
                elements.add(element);
            } else {
                problems.wrongType(element.location(), type);
            }
        }
        return elements;
    }

    private Optional<JsonNode> typed(String name, String type, Predicate<JsonNode> fits) {
        var value = any(name);
        if (value.isPresent() && !fits.test(value.get())) {
            problems.wrongType(at(name), type);
            return Optional.empty();
        }
        return value;
    }
}
