package io.millrace.errorhandler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.errorhandler.failure.FailedMessage;
import io.millrace.errorhandler.failure.FailureHandling;
import io.millrace.errorhandler.failure.TaskAnswers;
import io.millrace.events.Event;
import io.millrace.events.EventData;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.FailureRecord;
import io.millrace.events.FailureRecord.Payload;
import io.millrace.events.LoadRequest;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskSucceeded;
import io.millrace.events.TraceParent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FailureHandlingTests {

    private static final EventJson JSON = new EventJson();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant THEN = Instant.parse("2026-11-23T11:00:00Z");

    private static final ExecutionFailed EXECUTION =
            new ExecutionFailed(
                    "arn:execution",
                    "arn:machine",
                    "FAILED",
                    "Image.Unreadable",
                    "ends early",
                    "Render",
                    3,
                    MAPPER.readTree("{\"key\":\"a.jpg\"}"));

    private final List<String> answers = new ArrayList<>();
    private boolean executionWaits = true;

    private final FailureHandling handling =
            new FailureHandling(JSON, new Answers(), (id, body) -> Payload.text(body), () -> NOW);

    @Test
    void aTaskAnswersTheExecutionThatWaitsAndIsNoRecord() {
        assertThat(handling.handle(failed(task()))).isEmpty();
        assertThat(answers).containsExactly("token java.lang.IllegalStateException no disk");
    }

    @Test
    void aTaskNobodyWaitsForAnyMoreIsARecord() {
        executionWaits = false;
        var failure = recordOf(failed(task()));
        assertThat(failure.executionArn()).contains("arn:execution");
        assertThat(failure.failedState()).contains("Render");
        assertThat(failure.originalId()).contains("e/1");
    }

    @Test
    void anExecutionIsARecordWithItsInput() {
        assertThat(recordOf(FailedMessage.bare("m", bytes(EXECUTION))))
                .isEqualTo(
                        new FailureRecord(
                                "arn:machine",
                                "Image.Unreadable",
                                "ends early",
                                Payload.text("{\"key\":\"a.jpg\"}"),
                                Optional.of("e/1"),
                                Optional.of("arn:execution"),
                                Optional.of("Render"),
                                3,
                                THEN));
        assertThat(answers).isEmpty();
    }

    @Test
    void anotherEventIsARecordOfTheWholeMessage() {
        var body = bytes(new LoadRequest("image", MAPPER.readTree("{}")));
        var failure = recordOf(failed(body));
        assertThat(failure.payload().text()).contains(body);
        assertThat(failure.origin()).isEqualTo("millrace-load");
        assertThat(failure.attempts()).isEqualTo(5);
    }

    @Test
    void whatIsNoEventIsARecordWordForWord() {
        var failure = recordOf(FailedMessage.bare("m", "no {json"));
        assertThat(failure.payload().text()).contains("no {json");
        assertThat(failure.error()).isEqualTo("Millrace.HandlerCrashed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"taskToken\":\"token\",\"order\":7}",
                "{\"TaskToken\":\"token\"}",
                "{\"specversion\":\"1.0\",\"id\":\"e/1\",\"source\":\"/s\",\"type\":\"io.millrace.task.requested.v1\",\"data\":{\"taskToken\":\"token\"}}"
            })
    void whateverCarriesATaskTokenIsAnswered(String body) {
        assertThat(handling.handle(failed(body))).isEmpty();
        assertThat(answers).containsExactly("token java.lang.IllegalStateException no disk");
    }

    @Test
    void anAnswerThatItsQueueCouldNotBringIsGivenAnotherWay() {
        assertThat(handling.handle(failed(bytes(new TaskSucceeded("token", MAPPER.readTree("1"))))))
                .isEmpty();
        assertThat(handling.handle(failed(bytes(new TaskFailed("token", "Unreadable", "bad")))))
                .isEmpty();
        assertThat(answers).containsExactly("token done 1", "token Unreadable bad");
    }

    @Test
    void anAnswerNobodyTakesIsARecord() {
        executionWaits = false;
        var failure = recordOf(failed(bytes(new TaskFailed("token", "Unreadable", "bad"))));
        assertThat(failure.originalId()).contains("e/1");
    }

    @Test
    void aTaskAndItsExecutionAreOneFailure() {
        executionWaits = false;
        var task = handling.handle(failed(task())).orElseThrow();
        var execution = handling.handle(FailedMessage.bare("n", bytes(EXECUTION))).orElseThrow();
        assertThat(task.id()).isEqualTo(execution.id());
    }

    @Test
    void anUploadIsRecognisedWhateverMessageBringsIt() {
        var body =
                """
                {"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"b"},
                "object":{"key":"a.jpg","sequencer":"05"}}}]}\
                """;
        var first = handling.handle(FailedMessage.bare("m", body)).orElseThrow();
        var second = handling.handle(FailedMessage.bare("n", body)).orElseThrow();
        assertThat(first.id()).isEqualTo(second.id());
        assertThat(first.data().origin()).isEqualTo("S3 notification");
        assertThat(first.data().originalId()).contains("b/a.jpg/null/05");
    }

    @Test
    void aChangeIsRecognisedWhateverMessageBringsIt() {
        var body =
                """
                {"eventSourceARN":"arn:aws:dynamodb:us-east-1:1:table/orders/stream/s",
                "dynamodb":{"SequenceNumber":"42"}}\
                """;
        var first = handling.handle(FailedMessage.bare("m", body)).orElseThrow();
        var second = handling.handle(FailedMessage.bare("n", body)).orElseThrow();
        assertThat(first.id()).isEqualTo(second.id());
        assertThat(first.data().origin()).isEqualTo("DynamoDB stream");
        assertThat(first.data().originalId()).contains("orders/42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no {json", "null", "17", "[]", "{\"Records\":7}", "{\"dynamodb\":[]}"})
    void whatTellsNothingIsToldApartByItsMessage(String body) {
        var first = handling.handle(FailedMessage.bare("m", body)).orElseThrow();
        var second = handling.handle(FailedMessage.bare("n", body)).orElseThrow();
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.data().payload().text()).contains(body);
    }

    @Test
    void aCauseIsCutToWhatARecordHolds() {
        var message =
                new FailedMessage(
                        "m",
                        "x",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("c".repeat(32_768)),
                        Optional.empty());
        assertThat(recordOf(message).cause()).hasSize(16_384);
    }

    @Test
    void theSameFailureTwiceHasTheSameIdAndKeepsItsTrace() {
        var body = bytes(new LoadRequest("image", MAPPER.readTree("{}")));
        var first = handling.handle(failed(body)).orElseThrow();
        var second = handling.handle(failed(body)).orElseThrow();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(first.trace()).isPresent();
    }

    private FailureRecord recordOf(FailedMessage message) {
        return handling.handle(message).map(Event::data).orElseThrow();
    }

    private static String task() {
        return bytes(new TaskRequest("token", "arn:execution", "Render", 0, MAPPER.readTree("{}")));
    }

    private static String bytes(EventData data) {
        return new String(
                JSON.write(
                        new Event<>(
                                "e/1",
                                URI.create("/tests"),
                                Optional.empty(),
                                THEN,
                                TraceParent.parse(
                                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                                data)),
                StandardCharsets.UTF_8);
    }

    private static FailedMessage failed(String body) {
        return new FailedMessage(
                "m",
                body,
                Optional.of("millrace-load"),
                Optional.of("java.lang.IllegalStateException"),
                Optional.of("no disk"),
                Optional.of(5));
    }

    private final class Answers implements TaskAnswers {

        @Override
        public boolean fail(String taskToken, String error, String cause) {
            answers.add("%s %s %s".formatted(taskToken, error, cause));
            return executionWaits;
        }

        @Override
        public boolean succeed(String taskToken, JsonNode output) {
            answers.add("%s done %s".formatted(taskToken, output));
            return executionWaits;
        }
    }
}
