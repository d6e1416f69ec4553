package io.millrace.orchestrator;

import io.millrace.localcloud.LocalCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An orchestrator beside a local cloud, one for all tests of the JVM. */
public final class OrchestratorFixture {

    private static final OrchestratorFixture SHARED = new OrchestratorFixture();

    private final LocalCloud cloud;
    private final ConfigurableApplicationContext context;

    private OrchestratorFixture() {
        cloud = LocalCloud.builder().port(0).start();
        context =
                start(
                        cloud,
                        List.of(
                                "--AWS_ENDPOINT_URL_LAMBDA=" + Functions.start(),
                                "--millrace.orchestrator.activity-poll=3s",
                                "--millrace.orchestrator.workflows=" + workflow()));
    }

    private static Path workflow() {
        try {
            var file = Files.createTempDirectory("workflows").resolve("users-own.asl.json");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    """
                    {"StartAt": "Where", "States": {"Where": {"Type": "Pass",
                      "Result": {"name": "${LoadQueue}", "url": "${LoadQueueUrl}"}, "End": true}}}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static OrchestratorFixture shared() {
        return SHARED;
    }

    public LocalCloud cloud() {
        return cloud;
    }

    /** Starts another orchestrator on the same cloud. */
    public static ConfigurableApplicationContext start(LocalCloud cloud, List<String> more) {
        var arguments = new ArrayList<String>();
        arguments.add("--AWS_ENDPOINT_URL=" + cloud.endpoint());
        arguments.add("--PORT=0");
        arguments.addAll(more);
        return OrchestratorApplication.builder().run(arguments.toArray(String[]::new));
    }

    public URI endpoint() {
        return endpoint(context);
    }

    public static URI endpoint(ConfigurableApplicationContext context) {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    public SfnClient sfn() {
        return at(SfnClient.builder(), endpoint())
                // The SDK puts "sync-" before the host of StartSyncExecution and TestState.
                .overrideConfiguration(override ->
                        override.putAdvancedOption(
                                SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    public SqsClient sqs() {
        return at(SqsClient.builder(), cloud.endpoint()).build();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public static <B extends AwsClientBuilder<B, ?>> B at(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")));
    }
}
