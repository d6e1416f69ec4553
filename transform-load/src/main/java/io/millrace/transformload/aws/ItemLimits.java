package io.millrace.transformload.aws;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/**
 * What DynamoDB takes as an attribute (Developer Guide, "Constraints in Amazon DynamoDB" and
 * "DynamoDB item sizes and formats").
 */
final class ItemLimits {

    /** Of 32 levels the item is one. */
    private static final int MAX_DEPTH = 31;

    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    /** Of a map or list, and of each of its elements. */
    private static final int CONTAINER = 3;

    private static final int ELEMENT = 1;

    private final long maxBytes;

    ItemLimits(DataSize max) {
        this.maxBytes = max.toBytes();
    }

    boolean allow(JsonNode document) {
        return hasForm(document, 1) && size(document) <= maxBytes;
    }

    private static boolean hasForm(JsonNode node, int depth) {
        if (node.isContainer()) {
            return depth <= MAX_DEPTH
                    && node.propertyStream().noneMatch(property -> property.getKey().isEmpty())
                    && node.valueStream().allMatch(child -> hasForm(child, depth + 1));
        }
        return !node.isNumber() || node.decimalValueOpt().filter(ItemLimits::isInRange).isPresent();
    }

    private static boolean isInRange(BigDecimal number) {
        var exponent = number.precision() - number.scale() - 1;
        return number.signum() == 0
                || (number.stripTrailingZeros().precision() <= MAX_DIGITS
                        && exponent >= MIN_EXPONENT
                        && exponent <= MAX_EXPONENT);
    }

    private static long size(JsonNode node) {
        if (node.isContainer()) {
            var names = node.propertyStream().mapToLong(property -> bytes(property.getKey())).sum();
            var values = node.valueStream().mapToLong(child -> size(child) + ELEMENT).sum();
            return CONTAINER + names + values;
        }
        return node.isString() || node.isNumber() ? bytes(node.asString()) + ELEMENT : ELEMENT;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
