package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.events.TaskSucceeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EventHandlingTests {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aWebhookIsBroughtIntoOneForm() {
        assertThat(
                        handle(
                                "{\"type\":\"order.paid\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"n\":1}}"))
                .isEqualTo(
                        new TaskSucceeded(
                                "t",
                                JSON.readTree(
                                        """
                                        {"eventId":"demo/m","source":"demo","type":"order.paid",
                                         "occurredAt":"2026-01-01T00:00:00Z","data":{"n":1}}
                                        """)));
    }

    @Test
    void whereTheSenderSaysTheTypeBesideTheBodyTheBodyIsTheData() {
        var input =
                JSON.readTree(
                        """
                        {"eventId":"hub/1","source":"hub","type":"push",
                         "receivedAt":"2026-11-23T00:00:00Z","body":{"ref":"refs/heads/main"}}
                        """);
        assertThat(new EventHandling().handle(new TaskRequest("t", "arn", "HandleEvent", 0, input)))
                .isEqualTo(
                        new TaskSucceeded(
                                "t",
                                JSON.readTree(
                                        """
                                        {"eventId":"hub/1","source":"hub","type":"push",
                                         "occurredAt":"2026-11-23T00:00:00Z",
                                         "data":{"ref":"refs/heads/main"}}
                                        """)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "{}", "{\"type\":\"\"}", "{\"type\":7,\"data\":1}"})
    void aBodyWithoutATypeFailsTheTask(String body) {
        assertThat(handle(body))
                .isInstanceOfSatisfying(
                        TaskFailed.class,
                        failed -> assertThat(failed.error()).isEqualTo("Webhook.Invalid"));
    }

    private static TaskResult handle(String body) {
        var input =
                JSON.createObjectNode()
                        .put("eventId", "demo/m")
                        .put("source", "demo")
                        .put("webhookId", "m")
                        .put("receivedAt", "2026-11-23T00:00:00Z")
                        .set("body", JSON.readTree(body));
        return new EventHandling().handle(new TaskRequest("t", "arn", "HandleEvent", 0, input));
    }
}
