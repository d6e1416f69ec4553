package io.millrace.orchestrator.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.activity.TaskQueue.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds for every queue of activities' tasks. */
abstract class TaskQueueContract {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final String activity = "activity-" + UUID.randomUUID();

    abstract TaskQueue queue();

    private QueuedTask task(int second) {
        return QueuedTask.of(activity, START.plusSeconds(second), "effect#" + second, "t" + second);
    }

    @Test
    void tasksComeAsTheyWereScheduled() {
        queue().add(task(20));
        queue().add(task(3));
        queue().add(QueuedTask.of("another " + activity, START, "effect", "token"));

        assertThat(queue().first(activity, 10)).containsExactly(task(3), task(20));
        assertThat(queue().first(activity, 1)).containsExactly(task(3));
    }

    @Test
    void aTaskThatIsThereStaysAsItIs() {
        var held = task(1).heldBy("me", START.plus(Duration.ofSeconds(10)));
        queue().add(task(1));
        assertThat(queue().replace(held)).isTrue();

        queue().add(task(1));

        assertThat(queue().first(activity, 10)).containsExactly(held);
    }

    @Test
    void onlyWhoHasSeenTheLatestChangesATask() {
        queue().add(task(1));

        assertThat(queue().replace(task(1).heldBy("first", START))).isTrue();
        assertThat(queue().replace(task(1).heldBy("second", START))).isFalse();
        assertThat(queue().replace(task(2).heldBy("none", START))).isFalse();
    }

    @Test
    void aTaskIsTakenOutOnce() {
        queue().add(task(1));
        var held = task(1).heldBy("me", START);
        queue().replace(held);

        assertThat(queue().remove(task(1))).isEqualTo(Removal.CHANGED);
        assertThat(queue().remove(held)).isEqualTo(Removal.DONE);
        assertThat(queue().remove(held)).isEqualTo(Removal.ABSENT);
        assertThat(queue().first(activity, 10)).isEmpty();
    }
}
