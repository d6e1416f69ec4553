package io.millrace.launcher;

import io.millrace.batchjob.BatchJobApplication;
import io.millrace.datasync.DataSyncApplication;
import io.millrace.errorhandler.ErrorHandlerApplication;
import io.millrace.imageprocessor.ImageProcessorApplication;
import io.millrace.orchestrator.OrchestratorApplication;
import io.millrace.transformload.TransformLoadApplication;
import io.millrace.webhookhandler.WebhookHandlerApplication;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What the JVM can hold, by the name of its module. */
public enum Part {
    LOCAL_CLOUD(4566),
    ORCHESTRATOR(8083, OrchestratorApplication::builder),
    IMAGE_PROCESSOR(8081, ImageProcessorApplication::builder),
    WEBHOOK_HANDLER(8082, WebhookHandlerApplication::builder),
    DATA_SYNC(8084, DataSyncApplication::builder),
    BATCH_JOB(8085, BatchJobApplication::builder),
    TRANSFORM_LOAD(8086, TransformLoadApplication::builder),
    ERROR_HANDLER(8087, ErrorHandlerApplication::builder);

    private final int port;

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods
    private final Optional<Supplier<SpringApplicationBuilder>> application;

    Part(int port) {
        this.port = port;
        this.application = Optional.empty();
    }

    Part(int port, Supplier<SpringApplicationBuilder> application) {
        this.port = port;
        this.application = Optional.of(application);
    }

    /** The port it listens on if nobody says otherwise and the port is free. */
    int port() {
        return port;
    }

    /** How the service is started; local-cloud is none. */
    Optional<Supplier<SpringApplicationBuilder>> application() {
        return application;
    }

    String moduleName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Part named(String moduleName) {
        return Arrays.stream(values())
                .filter(part -> part.moduleName().equals(moduleName))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no part '%s'; choose from %s"
                                        .formatted(moduleName, allNames())));
    }

    private static String allNames() {
        return Arrays.stream(values()).map(Part::moduleName).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return moduleName();
    }
}
