package io.millrace.stateslanguage.evaluate;

import java.util.Optional;

/**
 * How many failed items a distributed Map bears.
 *
 * @param count at most so many
 * @param percentage at most so many of a hundred
 */
public record Tolerance(Optional<Integer> count, Optional<Double> percentage) {

    /** This one, and what it says nothing of as another has it. */
    public Tolerance over(Tolerance other) {
        return new Tolerance(count.or(other::count), percentage.or(other::percentage));
    }

    /** Whether so many failed items are more than it bears; without any bound, one is. */
    public boolean isExceeded(long failed, long items) {
        if (count.isEmpty() && percentage.isEmpty()) {
            return failed > 0;
        }
        return count.filter(most -> failed > most).isPresent()
                || percentage.filter(most -> failed * 100.0 > most * items).isPresent();
    }
}
