package io.millrace.launcher.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen so far, from outside.
 *
 * @param counts by path and stage
 * @param lastChange by path and stage: the time from the first trigger to the last change seen
 * @param batches notifications that a batch is complete
 * @param repeats deliveries of something that had been delivered before
 */
record Observations(
        Map<Path, Map<Stage, Integer>> counts,
        Map<Path, Map<Stage, Duration>> lastChange,
        int batches,
        int repeats) {

    /** Where an event can be seen on its way, in its order. */
    enum Stage {
        EXECUTED("executed"),
        STORED("stored"),
        ARCHIVED("archived"),
        ANNOUNCED("announced"),
        DEAD("dead letters");

        private final String label;

        Stage(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Observations nothing() {
        return new Observations(new EnumMap<>(Path.class), new EnumMap<>(Path.class), 0, 0);
    }

    int count(Path path, Stage stage) {
        return counts.getOrDefault(path, Map.of()).getOrDefault(stage, 0);
    }

    int total(Stage stage) {
        return counts.values().stream().mapToInt(each -> each.getOrDefault(stage, 0)).sum();
    }

    Duration lastChange(Path path, Stage stage) {
        return lastChange.getOrDefault(path, Map.of()).getOrDefault(stage, Duration.ZERO);
    }

    /** The same with newer counts; what has changed was seen to change {@code now}. */
    Observations with(
            Map<Path, Map<Stage, Integer>> newer, int newBatches, int newRepeats, Duration now) {
        var changes = new EnumMap<Path, Map<Stage, Duration>>(Path.class);
        newer.forEach((path, stages) -> {
            var times = new EnumMap<Stage, Duration>(Stage.class);
            stages.forEach((stage, count) ->
                    times.put(stage, count == count(path, stage) ? lastChange(path, stage) : now));
            changes.put(path, times);
        });
        return new Observations(newer, changes, newBatches, newRepeats);
    }

    boolean complete(Expected expected) {
        return total(Stage.STORED) >= expected.results()
                && total(Stage.ARCHIVED) >= expected.results()
                && total(Stage.ANNOUNCED) >= expected.results()
                && total(Stage.DEAD) >= expected.deadLetters()
                && batches >= expected.batches();
    }

    /** What is missing or too much, a line each; nothing if all is as expected. */
    List<String> differences(Expected expected) {
        var lines = new ArrayList<String>();
        for (var path : Path.values()) {
            for (var stage : Stage.values()) {
                if (stage == Stage.EXECUTED) {
                    continue;
                }
                var wanted =
                        (stage == Stage.DEAD ? expected.bad() : expected.good())
                                .getOrDefault(path, 0);
                if (count(path, stage) != wanted) {
                    lines.add(
                            "%s: %d %s instead of %d"
                                    .formatted(
                                            path.label(),
                                            count(path, stage),
                                            stage.label(),
                                            wanted));
                }
            }
        }
        if (batches != expected.batches()) {
            lines.add("%d batches announced instead of %d".formatted(batches, expected.batches()));
        }
        return lines;
    }
}
