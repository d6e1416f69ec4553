package io.millrace.systemtests;

import io.millrace.systemtests.Diary.Errand;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The workers behind the activity of {@code errand.asl.json}: ask whichever replica is up for a
 * task, and are heard of until they answer it.
 */
final class ActivityWorker implements AutoCloseable {

    /** Far more often than the activity wants it: replicas die meanwhile. */
    private static final Duration BEAT = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String activity;
    private final Replicas replicas;
    private final Diary diary;
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong forgotten = new AtomicLong();
    private final AtomicLong beats = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    /**
     * @param concurrency how many ask at once; each works on what it was given while it asks again
     */
    ActivityWorker(String activity, Replicas replicas, Diary diary, int concurrency) {
        this.activity = activity;
        this.replicas = replicas;
        this.diary = diary;
        for (var thread = 0; thread < concurrency; thread++) {
            threads.execute(this::ask);
        }
    }

    /** How many tasks came: one that two were given would count twice. */
    long given() {
        return given.get();
    }

    /** How many of them were left undone, as by a worker that died. */
    long forgotten() {
        return forgotten.get();
    }

    /** How many heartbeats were taken. */
    long beats() {
        return beats.get();
    }

    private void ask() {
        while (!closed) {
            var task =
                    replicas.ask(each ->
                            each.getActivityTask(
                                    request -> request.activityArn(activity).workerName("worker")));
            // A token that is null or empty stands for no task (API reference).
            if (task.taskToken() != null && !task.taskToken().isEmpty()) {
                given.incrementAndGet();
                threads.execute(() -> work(task));
            }
        }
    }

    private void work(GetActivityTaskResponse task) {
        var input = JSON.readTree(task.input());
        var errand = new Errand(input.get("key").stringValue(), input.get("attempt").intValue());
        diary.received(errand, task.taskToken());
        if (input.get("forget").booleanValue()) {
            forgotten.incrementAndGet();
            diary.note(errand, "forgot");
            return;
        }
        var end = Instant.now().plusSeconds(input.get("seconds").intValue());
        while (Instant.now().isBefore(end)) {
            beat(errand, task.taskToken());
            sleepUntil(end);
        }
        var output =
                JSON.createObjectNode().put("key", errand.key()).put("attempt", errand.attempt());
        try {
            replicas.ask(each ->
                    each.sendTaskSuccess(request ->
                            request.taskToken(task.taskToken()).output(output.toString())));
            diary.note(errand, "answered");
        } catch (TaskTimedOutException _) {
            // The first answer was taken and what the replica said of it lost; if it was not, the
            // history has no end of this attempt but by its time.
            diary.note(errand, "answered before");
        }
    }

    private void beat(Errand errand, String token) {
        try {
            replicas.ask(each -> each.sendTaskHeartbeat(request -> request.taskToken(token)));
            beats.incrementAndGet();
            diary.note(errand, "still at");
        } catch (TaskTimedOutException _) {
            // Then the history has one attempt more than it may have.
            diary.note(errand, "too late for");
        }
    }

    private static void sleepUntil(Instant end) {
        var left = Duration.between(Instant.now(), end);
        try {
            Thread.sleep(left.compareTo(BEAT) < 0 ? left : BEAT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
