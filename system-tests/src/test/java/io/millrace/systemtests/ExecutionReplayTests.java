package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.Part;
import io.millrace.launcher.demo.Photographs;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * An execution that failed for good, with its dead letter, on the real orchestrator. Runs where
 * {@code MILLRACE_REPLAY} is {@code true}.
 */
@EnabledIfEnvironmentVariable(named = "MILLRACE_REPLAY", matches = "true")
class ExecutionReplayTests {

    private static final String KEY = "replayed executions/photograph.jpg";

    /** A limit that no photograph keeps. */
    private static final Map<String, String> MISTAKEN = Map.of("millrace.image.max-pixels", "100");

    private static Pipeline pipeline;

    @BeforeAll
    static void start() throws InterruptedException {
        var needed = EnumSet.of(Part.ORCHESTRATOR, Part.TRANSFORM_LOAD, Part.ERROR_HANDLER);
        pipeline = Pipeline.start("execution-replay", EnumSet.complementOf(needed));
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    void aFailedExecutionIsBroughtHomeByOneCommandOnceTheHandlerIsMended() {
        var eyes = new Eyes(pipeline);
        var dlq = new Dlq(pipeline);
        pipeline.add(Part.IMAGE_PROCESSOR, MISTAKEN);
        pipeline.triggers().upload(KEY, new Photographs(7).landscape(400, 300), "image/jpeg");
        var failed = eyes.endedExecutionOfUpload(KEY);
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        Awaitility.await("its dead letter")
                .atMost(Duration.ofMinutes(1))
                .until(() -> dlq.run("list", "--error", "Image.*").endsWith("1 dead letters"));

        pipeline.add(Part.IMAGE_PROCESSOR, Map.of());
        assertThat(dlq.run("replay", "--error", "Image.*")).endsWith("1 replayed, 0 stay");

        var stored = eyes.announced(KEY, id -> id.contains(KEY)).data();
        assertThat(eyes.item(stored.resultId())).isNotEmpty();
        assertThat(eyes.executionsOfUpload(KEY))
                .extracting(each -> each.status())
                .containsExactlyInAnyOrder(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
        assertThat(dlq.run("list")).isEqualTo("0 dead letters");
    }
}
