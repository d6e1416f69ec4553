package io.millrace.launcher.demo;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was sent and what has to come of it.
 *
 * @param good events that become results
 * @param bad events that become dead letters
 * @param batches batches that become one notification more
 */
public record Expected(Map<Path, Integer> good, Map<Path, Integer> bad, int batches) {

    public Expected {
        good = new EnumMap<>(good);
        bad = new EnumMap<>(bad);
    }

    int events() {
        return results() + deadLetters();
    }

    int results() {
        return sum(good);
    }

    int notifications() {
        return results() + batches;
    }

    int deadLetters() {
        return sum(bad);
    }

    int sent(Path path) {
        return good.getOrDefault(path, 0) + bad.getOrDefault(path, 0);
    }

    private static int sum(Map<Path, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
