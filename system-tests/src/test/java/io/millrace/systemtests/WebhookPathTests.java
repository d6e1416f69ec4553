package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.Part;
import io.millrace.launcher.WebhookSecret;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(WithPipeline.class)
class WebhookPathTests {

    private final Pipeline pipeline;
    private final Eyes eyes;
    private final String id = "msg_" + UUID.randomUUID();

    WebhookPathTests(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.eyes = new Eyes(pipeline);
    }

    @Test
    void aWebhookReachesWebhookHandlerWhichAnswersWithTheExecution() throws Exception {
        var response =
                post(pipeline.secret(), "{\"type\":\"order.created\",\"data\":{\"order\":1}}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(arn(response)).contains(":execution:webhook:");
    }

    @Test
    void webhookHandlerStartsAnExecutionOnTheOrchestratorWhichSucceeds() throws Exception {
        var arn =
                arn(post(pipeline.secret(), "{\"type\":\"order.created\",\"data\":{\"order\":2}}"));
        eyes.announced(id, result -> result.contains(id));
        assertThat(eyes.endedExecution(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aWebhookBecomesAResult() throws Exception {
        post(pipeline.secret(), "{\"type\":\"order.paid\",\"data\":{\"order\":4711}}");
        var stored = eyes.announced(id, result -> result.contains(id)).data();
        assertThat(stored.kind()).isEqualTo("webhook");
        assertThat(eyes.archived(stored).toString()).contains("order.paid", "4711");
    }

    @Test
    void aWebhookThatIsSentTwiceIsAnsweredTheSameAndRunsOnce() throws Exception {
        var body = "{\"type\":\"order.created\",\"data\":{\"order\":3}}";
        var first = arn(post(pipeline.secret(), body));
        var second = arn(post(pipeline.secret(), body));
        assertThat(second).isEqualTo(first);
        eyes.announced(id, result -> result.contains(id));
        assertThat(eyes.executions("webhook", input -> input.toString().contains(id))).hasSize(1);
    }

    @Test
    void aWebhookWithAWrongSignatureIsRefusedAndStartsNothing() throws Exception {
        var response = post(WebhookSecret.random(), "{\"type\":\"order.created\",\"data\":{}}");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        // What comes after it has been executed: so would it have been.
        var later = "msg_" + UUID.randomUUID();
        pipeline.triggers()
                .webhook(handler(), pipeline.secret(), later, "{\"type\":\"t\",\"data\":{}}");
        eyes.announced(later, result -> result.contains(later));
        assertThat(eyes.executions("webhook", input -> input.toString().contains(id))).isEmpty();
    }

    @Test
    void aWebhookThatCannotBeHandledEndsAsOneDeadLetter() throws Exception {
        var arn = arn(post(pipeline.secret(), "{\"data\":\"no type\"}"));
        var failure =
                eyes.deadLetter(id, each -> each.executionArn().filter(arn::equals).isPresent());
        assertThat(failure.error()).isEqualTo("Webhook.Invalid");
        assertThat(failure.payload().text().orElseThrow()).contains(id);
        assertThat(eyes.endedExecution(arn).status()).isEqualTo(ExecutionStatus.FAILED);
    }

    private HttpResponse<String> post(WebhookSecret secret, String body) throws Exception {
        return pipeline.triggers().webhook(handler(), secret, id, body);
    }

    private URI handler() {
        return pipeline.service(Part.WEBHOOK_HANDLER);
    }

    private static String arn(HttpResponse<String> response) {
        return new JsonMapper().readTree(response.body()).path("executionArn").asString();
    }
}
