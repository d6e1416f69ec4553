package io.millrace.systemtests;

import static org.awaitility.Awaitility.await;

import io.millrace.batchjob.BatchJobApplication;
import io.millrace.datasync.DataSyncApplication;
import io.millrace.errorhandler.ErrorHandlerApplication;
import io.millrace.imageprocessor.ImageProcessorApplication;
import io.millrace.launcher.Part;
import io.millrace.orchestrator.OrchestratorApplication;
import io.millrace.transformload.TransformLoadApplication;
import io.millrace.webhookhandler.WebhookHandlerApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service in a process of its own, as its container runs it. */
record ServiceProcess(Process process, URI address) {

    static ServiceProcess start(Part part, int port, Map<String, String> settings) {
        var log = Path.of("target", "%s-%d.log".formatted(part, System.nanoTime()));
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:+UnlockDiagnosticVMOptions",
                                "-XX:-BytecodeVerificationRemote",
                                "-Dspring.backgroundpreinitializer.ignore=true",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dsystem-tests.log=" + log,
                                "-cp",
                                System.getProperty("java.class.path"),
                                application(part).getName(),
                                "--server.address=127.0.0.1",
                                "--server.port=" + port));
        settings.forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.appendTo(log.toFile()))
                            .start();
            var service = new ServiceProcess(process, URI.create("http://localhost:" + port));
            await().alias("%s is ready, see %s".formatted(part, log))
                    .atMost(Duration.ofSeconds(60))
                    .failFast("the process has ended, see " + log, () -> !process.isAlive())
                    .until(service::isReady);
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    private boolean isReady() {
        try {
            var readiness = address.resolve("/actuator/health/readiness").toURL().openConnection();
            return ((HttpURLConnection) readiness).getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static Class<?> application(Part part) {
        return switch (part) {
            case ORCHESTRATOR -> OrchestratorApplication.class;
            case IMAGE_PROCESSOR -> ImageProcessorApplication.class;
            case WEBHOOK_HANDLER -> WebhookHandlerApplication.class;
            case DATA_SYNC -> DataSyncApplication.class;
            case BATCH_JOB -> BatchJobApplication.class;
            case TRANSFORM_LOAD -> TransformLoadApplication.class;
            case ERROR_HANDLER -> ErrorHandlerApplication.class;
            case LOCAL_CLOUD -> throw new IllegalArgumentException("local-cloud is no service");
        };
    }
}
