package io.millrace.stateslanguage.evaluate;

import java.util.Optional;

/**
 * How many failed items a distributed Map bears.
 *
 * @param count at most so many
 * @param percentage at most so many of a hundred
 */
public record Tolerance(Optional<Integer> count, Optional<Double> percentage) {}
