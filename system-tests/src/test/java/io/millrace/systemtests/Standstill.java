package io.millrace.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** How long an execution stood still between two of its events, what it waited of itself aside. */
record Standstill(Ended ended, HistoryEvent before, HistoryEvent after, Duration time) {

    /** The longest that the workflow waits of itself, but for its activity. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    static Standstill longest(List<Ended> ended, List<Instant> kills) {
        return ended.stream()
                .flatMap(each -> all(each, kills))
                .max(Comparator.comparing(Standstill::time))
                .orElseThrow();
    }

    private static Stream<Standstill> all(Ended ended, List<Instant> kills) {
        var history = ended.history();
        return IntStream.range(1, history.size())
                .mapToObj(event -> {
                    var before = history.get(event - 1);
                    var after = history.get(event);
                    var due = before.timestamp().plus(wait(ended, after));
                    return new Standstill(
                            ended, before, after, time(due, after.timestamp(), kills));
                });
    }

    private static Duration wait(Ended ended, HistoryEvent after) {
        if (Ended.isTimedOut(after)) {
            return Ended.HEARTBEAT;
        }
        return after.type() == HistoryEventType.ACTIVITY_SUCCEEDED
                ? Collections.max(List.of(LONGEST_WAIT, ended.work()))
                : LONGEST_WAIT;
    }

    /** The longest time without a kill: whoever takes over may be killed in turn. */
    private static Duration time(Instant due, Instant to, List<Instant> kills) {
        var longest = Duration.ZERO;
        var last = due;
        for (var kill : kills.stream().sorted().toList()) {
            if (kill.isAfter(due) && kill.isBefore(to)) {
                longest = Collections.max(List.of(longest, Duration.between(last, kill)));
                last = kill;
            }
        }
        return Collections.max(List.of(longest, Duration.between(last, to)));
    }

    /** What the history and the workers say of it, to see on which side it stood still. */
    String story(Diary diary) {
        var history =
                ended.history().stream()
                        .map(event ->
                                "%s %d %s".formatted(event.timestamp(), event.id(), event.type()));
        return Stream.concat(history, diary.of(ended.name()).stream())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    @Override
    public String toString() {
        return "%s in %s from %s %s to %s %s"
                .formatted(
                        time,
                        ended.name(),
                        before.type(),
                        before.timestamp(),
                        after.type(),
                        after.timestamp());
    }
}
