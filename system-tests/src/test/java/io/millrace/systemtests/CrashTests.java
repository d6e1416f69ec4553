package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.events.LoadRequest;
import io.millrace.launcher.Part;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.json.JsonMapper;

/** Services in processes of their own, killed in the middle of their work and started again. */
class CrashTests {

    /** What a killed service had received comes back after so long; the default is a minute. */
    private static final String SOON = "6s";

    private static Pipeline pipeline;

    @BeforeAll
    static void start() throws InterruptedException {
        pipeline =
                Pipeline.start(
                        "crash",
                        Set.of(
                                Part.TRANSFORM_LOAD,
                                Part.ORCHESTRATOR,
                                Part.DATA_SYNC,
                                Part.BATCH_JOB));
        pipeline.addKillable(Part.TRANSFORM_LOAD, hidden("load"));
        pipeline.addKillable(Part.ORCHESTRATOR, hidden("startExecution", "taskResult"));
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    void transformLoadKilledInTheMiddleLosesAndDoublesNothing() {
        var eyes = new Eyes(pipeline);
        var total = 200;
        for (var number = 0; number < total / 2; number++) {
            eyes.send("LoadQueue", request("crash/" + number));
        }
        await(() -> eyes.items("crash/") >= 10);
        pipeline.kill(Part.TRANSFORM_LOAD);
        for (var number = total / 2; number < total; number++) {
            eyes.send("LoadQueue", request("crash/" + number));
        }
        assertThat(eyes.items("crash/")).as("it was killed in the middle").isLessThan(total);
        pipeline.addKillable(Part.TRANSFORM_LOAD, hidden("load"));
        await(() -> eyes.announcements(id -> id.startsWith("crash/")).size() == total);
        assertThat(eyes.items("crash/")).isEqualTo(total);
        assertThat(eyes.objects("archive/kind=record/")).hasSize(total);
    }

    @Test
    void orchestratorKilledInTheMiddleEndsEveryExecutionOnce() throws Exception {
        var eyes = new Eyes(pipeline);
        var total = 40;
        var ids = new ArrayList<String>();
        for (var number = 0; number < total; number++) {
            var id = "msg_crash_" + number;
            ids.add(id);
            var response =
                    pipeline.triggers()
                            .webhook(
                                    pipeline.service(Part.WEBHOOK_HANDLER),
                                    pipeline.secret(),
                                    id,
                                    "{\"type\":\"order.created\",\"data\":{\"order\":%d}}"
                                            .formatted(number));
            assertThat(response.statusCode()).isEqualTo(202);
            if (number == total / 2) {
                pipeline.kill(Part.ORCHESTRATOR);
            }
        }
        pipeline.addKillable(Part.ORCHESTRATOR, hidden("startExecution", "taskResult"));
        await(() -> eyes.announcements(id -> id.contains("msg_crash_")).size() == total);
        await(() ->
                eyes.executions("webhook", _ -> true).stream()
                        .allMatch(each -> each.status() == ExecutionStatus.SUCCEEDED));
        assertThat(eyes.executions("webhook", _ -> true)).hasSize(total);
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(eyes.announcements(each -> each.endsWith("/" + id))).hasSize(1));
    }

    private static Map<String, String> hidden(String... functions) {
        return Arrays.stream(functions)
                .collect(
                        Collectors.toMap(
                                "spring.cloud.stream.aws.bindings.%s-in-0.consumer.visibility-timeout"
                                        ::formatted,
                                _ -> SOON));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private static Event<LoadRequest> request(String id) {
        var payload =
                new JsonMapper()
                        .readTree(
                                "{\"eventName\":\"INSERT\",\"keys\":{\"pk\":\"o\"},\"newImage\":{\"type\":\"order\"}}");
        return Event.of(
                id,
                URI.create("/tests"),
                Instant.parse("2026-11-23T10:15:30Z"),
                new LoadRequest("record", payload));
    }
}
