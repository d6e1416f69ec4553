package io.millrace.stateslanguage.intrinsic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as the functions take and give them. */
final class Numbers {

    private Numbers() {}

    /** The smallest node that holds the number: an integer where it is one. */
    static JsonNode node(BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            return JsonNodeFactory.instance.numberNode(number.doubleValue());
        }
        var whole = number.toBigInteger();
        return whole.bitLength() < Long.SIZE
                ? node(whole.longValue())
                : JsonNodeFactory.instance.numberNode(whole);
    }

    static JsonNode node(long number) {
        var nodes = JsonNodeFactory.instance;
        return (int) number == number ? nodes.numberNode((int) number) : nodes.numberNode(number);
    }

    /** The nearest whole number, halves upwards: 0.5 to 1 and -0.5 to 0, as AWS rounds. */
    static long rounded(JsonNode number) {
        var value = number.decimalValue();
        return value.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
