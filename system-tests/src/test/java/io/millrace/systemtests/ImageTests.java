package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import io.millrace.launcher.Provisioning;
import io.millrace.launcher.demo.Aws;
import io.millrace.launcher.demo.Triggers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images on LocalStack, by Testcontainers. Needs a Docker daemon and ./millrace images, and
 * TESTCONTAINERS_RYUK_DISABLED=true where the image testcontainers/ryuk cannot be pulled.
 */
@Tag("docker")
@EnabledIf("areTheImagesThere")
class ImageTests {

    private static final String PREFIX = "images-";
    private static final String VERSION = "0.1.0";

    private static Network network;
    private static LocalStackContainer localstack;
    private static Aws aws;

    /** Where CI says that it is one, what is missing fails. */
    static boolean areTheImagesThere() {
        return "true".equals(System.getenv("CI"))
                || (DockerClientFactory.instance().isDockerAvailable()
                        && !DockerClientFactory.lazyClient()
                                .listImagesCmd()
                                .withReferenceFilter("millrace/batch-job:" + VERSION)
                                .exec()
                                .isEmpty());
    }

    @BeforeAll
    static void start() {
        network = Network.newNetwork();
        localstack =
                new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
                        .withNetwork(network)
                        .withNetworkAliases("aws");
        localstack.start();
        Provisioning.createStack(localstack.getEndpoint(), PREFIX);
        aws = Aws.at(localstack.getEndpoint(), localstack.getEndpoint(), PREFIX);
    }

    @AfterAll
    static void stop() {
        aws.close();
        localstack.stop();
        network.close();
    }

    @Test
    void aServiceRunsWithoutRootAndWithoutWritingToItsRoot() throws Exception {
        try (var service = service("transform-load", Map.of())) {
            service.start();
            assertThat(service.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
            assertThat(service.execInContainer("touch", "/opt/millrace/x").getExitCode())
                    .isNotZero();
            assertThat(service.execInContainer("/opt/millrace/health").getExitCode()).isZero();
            assertThat(service.getContainerInfo().getConfig().getLabels())
                    .containsEntry("org.opencontainers.image.title", "millrace/transform-load")
                    .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                    .containsKey("org.opencontainers.image.revision");
            assertThat(
                            service.execInContainer(
                                            "grep",
                                            "-c",
                                            "CycloneDX",
                                            "/opt/millrace/sbom.cdx.json")
                                    .getExitCode())
                    .isZero();
        }
    }

    @Test
    void sigtermDrainsAndTheNextReplicaLosesNothing() {
        var run = "drain/" + UUID.randomUUID();
        // More than it does while they are sent, ten at a time.
        var total = 600;
        try (var first = service("transform-load", Map.of())) {
            first.start();
            for (var number = 0; number < total; number += 10) {
                send(IntStream.range(number, number + 10).mapToObj(each -> run + "/" + each));
            }
            await(() -> stored(run) >= 5);
            var docker = DockerClientFactory.lazyClient();
            var since = System.nanoTime();
            docker.stopContainerCmd(first.getContainerId()).withTimeout(40).exec();
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(
                            docker.inspectContainerCmd(first.getContainerId())
                                    .exec()
                                    .getState()
                                    .getExitCodeLong())
                    .as("ended by SIGTERM, not by SIGKILL")
                    .isEqualTo(143);
        }
        assertThat(stored(run)).as("it was stopped in the middle").isLessThan(total);
        try (var second = service("transform-load", Map.of())) {
            second.start();
            await(() -> stored(run) == total);
        }
    }

    @Test
    void aBatchThatRunsOnceEndsWithItsObjectAndIsNotReadTwiceForAToken() {
        new Triggers(aws, InstantSource.system())
                .layOut(
                        "once.csv",
                        Triggers.orders(40, 0, 1).getBytes(StandardCharsets.UTF_8),
                        "text/csv");
        assertThat(once("once.csv", "job-1")).isZero();
        // SQS counts approximately.
        await(() -> waiting("WorkItemsQueue") == 40);
        assertThat(once("once.csv", "job-1")).isZero();
        assertThat(once("nothing.csv", "job-2")).isEqualTo(1);
        await(() -> waiting("FailuresQueue") == 1);
        assertThat(waiting("WorkItemsQueue")).isEqualTo(40);
    }

    private static long once(String key, String token) {
        var settings =
                Map.of(
                        "MILLRACE_BATCH_ONCE",
                        "true",
                        "MILLRACE_BATCH_BUCKET",
                        aws.name("BatchesBucket"),
                        "MILLRACE_BATCH_KEY",
                        key,
                        "MILLRACE_BATCH_TOKEN",
                        token);
        var docker = DockerClientFactory.lazyClient();
        try (var batch = service("batch-job", settings)) {
            // It is not there to become healthy, but to end.
            batch.waitingFor(Wait.forLogMessage(".*", 1)).start();
            return docker.waitContainerCmd(batch.getContainerId())
                    .start()
                    .awaitStatusCode(90, TimeUnit.SECONDS);
        }
    }

    private static GenericContainer<?> service(String name, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("AWS_ENDPOINT_URL", "http://aws:4566");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("MILLRACE_PREFIX", PREFIX);
        return new GenericContainer<>(
                        DockerImageName.parse("millrace/%s:%s".formatted(name, VERSION)))
                .withNetwork(network)
                .withEnv(environment)
                .withExposedPorts(8080)
                .withTmpFs(Map.of("/tmp", "rw,exec"))
                .withCreateContainerCmdModifier(create -> {
                    var host = create.getHostConfig();
                    if (host != null) {
                        host.withReadonlyRootfs(true)
                                .withCapDrop(Capability.ALL)
                                .withMemory(512L * 1024 * 1024);
                    }
                })
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofSeconds(90)));
    }

    /** Sends at most ten at once. */
    private static void send(Stream<String> ids) {
        var entries =
                ids.map(id ->
                                SendMessageBatchRequestEntry.builder()
                                        .id(EventIds.hash(id))
                                        .messageBody(loadRequest(id))
                                        .build())
                        .toList();
        var sent =
                aws.sqs()
                        .sendMessageBatch(request ->
                                request.queueUrl(aws.queueUrl("LoadQueue")).entries(entries));
        assertThat(sent.failed()).isEmpty();
    }

    private static String loadRequest(String id) {
        var payload =
                JsonMapper.shared()
                        .readTree(
                                "{\"eventName\":\"INSERT\",\"keys\":{\"pk\":\"o\"},\"newImage\":{\"type\":\"order\"}}");
        var event =
                Event.of(
                        id,
                        URI.create("/tests"),
                        Instant.parse("2026-11-23T10:15:30Z"),
                        new LoadRequest("record", payload));
        return new String(new EventJson().write(event), StandardCharsets.UTF_8);
    }

    private static long stored(String run) {
        return aws
                .dynamoDb()
                .scanPaginator(
                        request -> request.tableName(aws.name("ResultsTable")).consistentRead(true))
                .items()
                .stream()
                .filter(item -> item.toString().contains(run))
                .count();
    }

    private static int waiting(String queue) {
        var attributes =
                aws.sqs()
                        .getQueueAttributes(request ->
                                request.queueUrl(aws.queueUrl(queue))
                                        .attributeNames(
                                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                        .attributes();
        return Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }
}
