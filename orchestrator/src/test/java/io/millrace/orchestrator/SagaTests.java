package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example of docs/examples/saga through the API, with a worker and the link of the approval.
 */
class SagaTests {

    private static final Path EXAMPLE = Path.of("../docs/examples/saga");
    private static final OrchestratorFixture FIXTURE = OrchestratorFixture.shared();

    private static Process approvals;
    private static String link;
    private static String machine;

    private final SqsClient sqs = FIXTURE.sqs();
    private final SfnClient sfn = FIXTURE.sfn();
    private final List<String> done = new ArrayList<>();

    @BeforeAll
    static void begin() throws IOException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        approvals =
                new ProcessBuilder(
                                java,
                                EXAMPLE.resolve("Approvals.java").toString(),
                                "0",
                                FIXTURE.endpoint().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        FIXTURE.sqs().createQueue(r -> r.queueName("order-tasks"));
        FIXTURE.sqs().createQueue(r -> r.queueName("order-approvals"));
        var definition = Files.readString(EXAMPLE.resolve("order-saga.asl.json"));
        machine =
                FIXTURE.sfn()
                        .createStateMachine(r ->
                                r.name("order-saga")
                                        .definition(definition)
                                        .roleArn("arn:aws:iam::000000000000:role/saga"))
                        .stateMachineArn();
        link = approvals.inputReader().readLine();
    }

    @AfterAll
    static void end() {
        approvals.destroy();
    }

    @Test
    void anApprovedOrderIsPlaced() throws Exception {
        var execution = start("{\"id\": \"o-2\", \"total\": 2500}");
        work(Set.of(), "reserve-stock");
        var question = link();

        assertThat(get(question)).contains("Approve", "Reject");
        assertThat(post(question, "answer=approve")).isEqualTo("Thank you.");
        assertThat(post(question, "answer=approve")).contains("TaskTimedOut");
        work(Set.of(), "charge-card", "book-courier");
        work(Set.of(), "confirm-order");

        assertThat(ended(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output =
                JsonMapper.shared()
                        .readTree(sfn.describeExecution(r -> r.executionArn(execution)).output());
        assertThat(output.get("payment").get("id").asString()).isEqualTo("charge-card");
        assertThat(output.get("booking").get("id").asString()).isEqualTo("book-courier");
    }

    @Test
    void aRejectedOrderGivesItsStockBack() throws Exception {
        var execution = start("{\"id\": \"o-3\", \"total\": 2500}");
        work(Set.of(), "reserve-stock");

        post(link(), "answer=reject");
        work(Set.of(), "release-stock");

        assertThat(ended(execution)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(sfn.describeExecution(r -> r.executionArn(execution)).error())
                .isEqualTo("Approval.Rejected");
    }

    @Test
    void anOrderThatCannotBeConfirmedIsUndoneInReverseOrder() {
        var execution = start("{\"id\": \"o-1\", \"total\": 40}");

        work(Set.of(), "reserve-stock");
        work(Set.of(), "charge-card", "book-courier");
        work(Set.of("confirm-order"), "confirm-order");
        work(Set.of(), "cancel-courier");
        work(Set.of(), "refund-card");
        work(Set.of(), "release-stock");

        assertThat(ended(execution)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(sfn.describeExecution(r -> r.executionArn(execution)).error())
                .isEqualTo("Mail.Broken");
        assertThat(done.subList(3, 7))
                .containsExactly("confirm-order", "cancel-courier", "refund-card", "release-stock");
    }

    private String start(String input) {
        return sfn.startExecution(r -> r.stateMachineArn(machine).input(input)).executionArn();
    }

    /** Does these tasks, in whatever order they come. */
    private void work(Set<String> failing, String... tasks) {
        var wanted = new ArrayList<>(List.of(tasks));
        while (!wanted.isEmpty()) {
            var message = receive("order-tasks");
            var attributes = message.messageAttributes();
            var task = attributes.get("task").stringValue();
            var token = attributes.get("token").stringValue();
            assertThat(wanted).contains(task);
            if (failing.contains(task)) {
                sfn.sendTaskFailure(r -> r.taskToken(token).error("Mail.Broken").cause("no host"));
            } else {
                sfn.sendTaskSuccess(r -> r.taskToken(token).output("{\"id\": \"" + task + "\"}"));
            }
            wanted.remove(task);
            done.add(task);
        }
    }

    private Message receive(String queue) {
        var url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
        var message =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () ->
                                        sqs.receiveMessage(r ->
                                                        r.queueUrl(url)
                                                                .waitTimeSeconds(5)
                                                                .messageAttributeNames("All"))
                                                .messages(),
                                messages -> !messages.isEmpty())
                        .getFirst();
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
        return message;
    }

    /** The approval's link, at the port where this test has the page. */
    private URI link() {
        var body = JsonMapper.shared().readTree(receive("order-approvals").body());
        assertThat(body.get("link").asString()).startsWith("http://localhost:8099/approval?token=");
        return URI.create(body.get("link").asString().replaceFirst("[^?]+", link));
    }

    private static String get(URI uri) throws Exception {
        return send(HttpRequest.newBuilder(uri).build());
    }

    private static String post(URI uri, String form) throws Exception {
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private static String send(HttpRequest request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private ExecutionStatus ended(String execution) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> sfn.describeExecution(r -> r.executionArn(execution)).status(),
                        status -> status != ExecutionStatus.RUNNING);
    }
}
