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
        try {
            return Numbers.node(Math.addExact(arguments.integer(0), arguments.integer(1)));
        } catch (ArithmeticException e) {
            throw Refusal.of("The sum does not fit in 64 bits");
        }
    }
}
