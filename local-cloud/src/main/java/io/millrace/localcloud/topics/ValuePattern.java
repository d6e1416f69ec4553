package io.millrace.localcloud.topics;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a filter policy says about one field's values. */
sealed interface ValuePattern {

    /** Whether the values of a field fit; none if the field is not there. */
    boolean accepts(List<JsonNode> values);

    /** One of the values passes. */
    record Some(Predicate<JsonNode> test) implements ValuePattern {
        @Override
        public boolean accepts(List<JsonNode> values) {
            return values.stream().anyMatch(test);
        }
    }

    /** The field is there, or is not. */
    record Exists(boolean wanted) implements ValuePattern {
        @Override
        public boolean accepts(List<JsonNode> values) {
            return values.isEmpty() != wanted;
        }
    }

    /** Reads a pattern or refuses it. */
    static ValuePattern parse(JsonNode json) {
        if (!json.isObject()) {
            return new Some(equalTo(json));
        }
        if (json.size() != 1) {
            throw FilterPolicy.invalid("a pattern has one operator, not " + json);
        }
        var operator = json.properties().iterator().next();
        var operand = operator.getValue();
        return switch (operator.getKey()) {
            case "exists" -> {
                if (!operand.isBoolean()) {
                    throw FilterPolicy.invalid(
                            "exists match pattern must be either true or false.");
                }
                yield new Exists(operand.asBoolean());
            }
            case "anything-but" -> new Some(anythingBut(operand).negate());
            case String name -> new Some(test(name, operand));
        };
    }

    private static Predicate<JsonNode> test(String operator, JsonNode operand) {
        return switch (operator) {
            case "prefix" -> {
                var prefix = text(operator, operand);
                yield value -> value.isString() && value.asString().startsWith(prefix);
            }
            case "suffix" -> {
                var suffix = text(operator, operand);
                yield value -> value.isString() && value.asString().endsWith(suffix);
            }
            case "equals-ignore-case" -> {
                var wanted = text(operator, operand);
                yield value -> value.isString() && value.asString().equalsIgnoreCase(wanted);
            }
            case "wildcard" -> wildcard(text(operator, operand));
            case "cidr" -> new AddressRange(text(operator, operand));
            case "numeric" -> numeric(operand);
            default ->
                    throw FilterPolicy.invalid(
                            "Unrecognized match type " + operator.toLowerCase(Locale.ROOT));
        };
    }

    /** What may not be: values, or an operator with an operand or a list of them. */
    private static Predicate<JsonNode> anythingBut(JsonNode operand) {
        if (operand.isObject() && operand.size() == 1) {
            var operator = operand.properties().iterator().next();
            return listed(operator.getValue())
                    .map(each -> test(operator.getKey(), each))
                    .reduce(Predicate::or)
                    .orElseThrow(() -> FilterPolicy.invalid("anything-but list must not be empty"));
        }
        return listed(operand)
                .map(ValuePattern::equalTo)
                .reduce(Predicate::or)
                .orElseThrow(() -> FilterPolicy.invalid("anything-but list must not be empty"));
    }

    private static Stream<JsonNode> listed(JsonNode operand) {
        return operand.isArray() ? operand.valueStream() : Stream.of(operand);
    }

    private static Predicate<JsonNode> equalTo(JsonNode wanted) {
        if (wanted.isContainer()) {
            throw FilterPolicy.invalid("no value can equal " + wanted);
        }
        return wanted.isNumber()
                ? value ->
                        value.isNumber()
                                && value.decimalValue().compareTo(wanted.decimalValue()) == 0
                : wanted::equals;
    }

    private static Predicate<JsonNode> wildcard(String glob) {
        var pattern =
                Pattern.compile(
                        Stream.of(glob.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")),
                        Pattern.DOTALL);
        return value -> value.isString() && pattern.matcher(value.asString()).matches();
    }

    /** Comparisons that all hold: {@code [">", 0, "<=", 150]}. */
    private static Predicate<JsonNode> numeric(JsonNode operand) {
        if (!operand.isArray() || operand.isEmpty() || operand.size() % 2 != 0) {
            throw FilterPolicy.invalid("numeric is a list of comparisons, not " + operand);
        }
        Predicate<JsonNode> all = JsonNode::isNumber;
        for (var i = 0; i < operand.size(); i += 2) {
            if (!operand.path(i + 1).isNumber()) {
                throw FilterPolicy.invalid("Value of numeric must be numeric");
            }
            var bound = operand.path(i + 1).decimalValue();
            all = all.and(comparison(operand.path(i).asString(""), bound));
        }
        return all;
    }

    private static Predicate<JsonNode> comparison(String operator, BigDecimal bound) {
        return switch (operator) {
            case "=" -> value -> value.decimalValue().compareTo(bound) == 0;
            case "<" -> value -> value.decimalValue().compareTo(bound) < 0;
            case "<=" -> value -> value.decimalValue().compareTo(bound) <= 0;
            case ">" -> value -> value.decimalValue().compareTo(bound) > 0;
            case ">=" -> value -> value.decimalValue().compareTo(bound) >= 0;
            default ->
                    throw FilterPolicy.invalid("Unrecognized numeric range operator " + operator);
        };
    }

    private static String text(String operator, JsonNode operand) {
        if (!operand.isString()) {
            throw FilterPolicy.invalid(operator + " match pattern must be a string");
        }
        return operand.asString();
    }
}
