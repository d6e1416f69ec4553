package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.Retrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Which errors a rule of Retry or Catch is for, and how long a retry waits. */
final class Handling {

    private Handling() {}

    /** Whether one of the names is for the error (ASL, "Errors"). */
    private static boolean matches(List<String> errorEquals, StateError error) {
        // The execution cannot go on after these, whoever names them.
        if (error.is(ErrorNames.RUNTIME)) {
            return false;
        }
        return errorEquals.stream().anyMatch(name -> matches(name, error));
    }

    private static boolean matches(String name, StateError error) {
        return switch (name) {
            case ErrorNames.ALL -> !error.is(ErrorNames.DATA_LIMIT_EXCEEDED);
            case ErrorNames.TASK_FAILED ->
                    !isTimeout(error) && !error.is(ErrorNames.DATA_LIMIT_EXCEEDED);
            case ErrorNames.TIMEOUT -> isTimeout(error);
            default -> error.is(name);
        };
    }

    private static boolean isTimeout(StateError error) {
        return error.is(ErrorNames.TIMEOUT) || error.is(ErrorNames.HEARTBEAT_TIMEOUT);
    }

    /** Which rule is for the error: the first one that names it. */
    static <R> Optional<Integer> first(
            List<R> rules, Function<R, List<String>> errorEquals, StateError error) {
        for (int i = 0; i < rules.size(); i++) {
            if (matches(errorEquals.apply(rules.get(i)), error)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The retrier that is for the error decides, with attempts of its own. */
    static Retry retry(
            List<Retrier> retriers, int index, List<Integer> used, RandomGenerator random) {
        var retrier = retriers.get(index);
        int attempts = index < used.size() ? used.get(index) : 0;
        return attempts < retrier.maxAttempts()
                ? new Retry.Again(
                        delay(retrier, attempts, random), counted(used, retriers.size(), index))
                : new Retry.GiveUp();
    }

    private static List<Integer> counted(List<Integer> used, int size, int index) {
        var counted = new ArrayList<>(used);
        while (counted.size() < size) {
            counted.add(0);
        }
        counted.set(index, counted.get(index) + 1);
        return counted;
    }

    private static Duration delay(Retrier retrier, int attempts, RandomGenerator random) {
        double cap = retrier.maxDelaySeconds().map(Integer::doubleValue).orElse(LONGEST_SECONDS);
        double seconds =
                Math.min(
                        cap, retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), attempts));
        long millis = Math.round(seconds * 1000);
        return Duration.ofMillis(
                switch (retrier.jitter()) {
                    case NONE -> millis;
                    case FULL -> random.nextLong(millis + 1);
                });
    }

    /** No delay is longer than AWS's longest wait. */
    private static final double LONGEST_SECONDS = 99_999_999;
}
