package io.millrace.stateslanguage.intrinsic;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.databind.JsonNode;

/** The functions on numbers. */
final class MathFunctions {

    private static final RandomGeneratorFactory<RandomGenerator> SEEDED =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private MathFunctions() {}

    /** From the first number to before the second; a seed gives the same number each time. */
    static JsonNode random(Arguments arguments, RandomGenerator chance) {
        long from = arguments.integer(0);
        long to = arguments.integer(1);
        if (from >= to) {
            throw Refusal.of(
                    "The first number must be less than the second, but they are %d and %d"
                            .formatted(from, to));
        }
        var source = arguments.count() > 2 ? SEEDED.create(arguments.integer(2)) : chance;
        return Numbers.node(source.nextLong(from, to));
    }

    static JsonNode add(Arguments arguments) {
        return Numbers.node(summand(arguments, 0) + summand(arguments, 1));
    }

    /** AWS takes integers of 32 bits (developer guide, "States.MathAdd"). */
    private static long summand(Arguments arguments, int index) {
        long value = arguments.integer(index);
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw Refusal.of(
                    "Argument %d must be from %d to %d but was %d"
                            .formatted(index + 1, Integer.MIN_VALUE, Integer.MAX_VALUE, value));
        }
        return value;
    }
}
