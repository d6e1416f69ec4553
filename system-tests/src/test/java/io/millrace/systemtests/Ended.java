package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import tools.jackson.databind.json.JsonMapper;

/** An execution of {@code errand.asl.json} that has ended, or was given up. */
record Ended(int n, DescribeExecutionResponse execution, List<HistoryEvent> history) {

    /** How long its activity's worker may be silent. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** How long a replica takes at most to hand a task out. */
    private static final Duration HAND_OUT = Duration.ofSeconds(5);

    /** The clock was read before the process was killed. */
    private static final Duration JUST_BEFORE = Duration.ofSeconds(1);

    private static final List<HistoryEventType> LOST_ATTEMPT =
            List.of(
                    HistoryEventType.ACTIVITY_SCHEDULED,
                    HistoryEventType.ACTIVITY_STARTED,
                    HistoryEventType.ACTIVITY_TIMED_OUT);

    private static final JsonMapper JSON = JsonMapper.shared();

    String name() {
        return "run-" + n;
    }

    /** How often the task of the queue is answered with a failure. */
    int failures() {
        return n % 3 == 0 ? 1 : 0;
    }

    /** How long the activity's worker is at it. */
    Duration work() {
        return n % 20 == 10 ? Duration.ofSeconds(12) : Duration.ZERO;
    }

    /** Whether the activity's worker forgets the first attempt, if that comes to it. */
    boolean forgets() {
        return n % 50 == 25;
    }

    /**
     * How many of the activity's tasks were lost, with their worker or on their way to one: as with
     * AWS, an answer of GetActivityTask that nobody gets is noticed by the heartbeats that do not
     * come.
     */
    int lost() {
        return Math.toIntExact(history.stream().filter(Ended::isTimedOut).count());
    }

    void assertOutcome() {
        assertThat(execution.status()).as(name()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var expected =
                """
                {"n": %2$d, "asked": {"key": "%1$s/ask", "attempt": %3$d},
                 "both": [{"key": "%1$s/left", "attempt": %4$d}, "told"],
                 "each": [{"key": "%1$s/each/1", "attempt": 0},
                          {"key": "%1$s/each/2", "attempt": 0},
                          {"key": "%1$s/each/3", "attempt": 0}]}
                """
                        .formatted(name(), n, failures(), lost());
        assertThat(JSON.readTree(execution.output())).isEqualTo(JSON.readTree(expected));
    }

    /** It is whole, and but for attempts that were lost what it would be without kills. */
    void assertHistory(Ended undisturbed, List<Instant> kills) {
        assertThat(history)
                .extracting(HistoryEvent::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(history)
                .allMatch(event -> event.previousEventId() >= 0)
                .allMatch(event -> event.previousEventId() < event.id());
        assertThat(history.getFirst().type()).isEqualTo(HistoryEventType.EXECUTION_STARTED);
        assertThat(history.getLast().type()).isEqualTo(HistoryEventType.EXECUTION_SUCCEEDED);
        assertThat(history)
                .filteredOn(Ended::isTimedOut)
                .allSatisfy(this::assertNotHeardOf)
                .hasSizeGreaterThanOrEqualTo(forgets() ? 1 : 0);
        assertThat(history.stream().filter(Ended::isTimedOut).skip(forgets() ? 1 : 0))
                .allSatisfy(timeout -> assertLostOnItsWay(timeout, kills));
        assertThat(typesWithoutLost())
                .as("%s, where %d tasks were lost", name(), lost())
                .isEqualTo(undisturbed.typesWithoutLost());
    }

    private void assertNotHeardOf(HistoryEvent timeout) {
        var started = previous(timeout);
        assertThat(List.of(previous(started), started, timeout))
                .extracting(HistoryEvent::type)
                .isEqualTo(LOST_ATTEMPT);
        assertThat(timeout.activityTimedOutEventDetails().error())
                .isEqualTo("States.HeartbeatTimeout");
    }

    /** A task is lost with the replica that hands it out, and with nothing else. */
    private void assertLostOnItsWay(HistoryEvent timeout, List<Instant> kills) {
        // Whoever was given the task of a replica that died first has all the time again.
        var from = previous(timeout).timestamp().minus(JUST_BEFORE);
        var until = timeout.timestamp().minus(HEARTBEAT).plus(HAND_OUT);
        assertThat(kills)
                .as("a kill while %s hands out a task, %s to %s", name(), from, until)
                .anyMatch(kill -> kill.isAfter(from) && kill.isBefore(until));
    }

    private HistoryEvent previous(HistoryEvent event) {
        return history.get(Math.toIntExact(event.previousEventId()) - 1);
    }

    private List<HistoryEventType> typesWithoutLost() {
        var types = new ArrayList<>(history.stream().map(HistoryEvent::type).sorted().toList());
        for (var attempt = 0; attempt < lost(); attempt++) {
            LOST_ATTEMPT.forEach(types::remove);
        }
        return types;
    }

    static boolean isTimedOut(HistoryEvent event) {
        return event.type() == HistoryEventType.ACTIVITY_TIMED_OUT;
    }
}
