package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventJsonTests {

    private static final URI SOURCE = URI.create("/millrace/tests");
    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.123Z");
    private static final TraceParent TRACE =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private final EventJson json = new EventJson();
    private final JsonMapper mapper = new JsonMapper();

    static Stream<EventData> everyKindOfData() {
        JsonNode tree = new JsonMapper().readTree("{\"a\":[1,2.50,\"ü\",null,true]}");
        return Stream.of(
                new StartExecution("image", "n", tree),
                new TaskRequest("token", "arn", "Render", 2, tree),
                new TaskSucceeded("token", tree),
                new TaskFailed("token", "Image.Unreadable", "the file ends early"),
                new LoadRequest("image", tree),
                new WorkItem("job", 7, tree),
                new WorkDone("job", 7),
                new ExecutionFailed("arn", "machine", "FAILED", "E", "c", "Render", 3, tree),
                new FailureRecord(
                        "q",
                        "E",
                        "c",
                        FailureRecord.Payload.text("{"),
                        Optional.of("id"),
                        Optional.empty(),
                        Optional.empty(),
                        5,
                        TIME),
                new FailureAlarm(
                        "g", "q", Optional.of("Render"), "E", 2, 7, TIME, TIME, "failure/1"),
                new ResultStored("image", "id", "bucket", "key"),
                new BatchCompleted("job", 1000, 1));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfData")
    void everyEventComesBackAsItWent(EventData data) {
        var event =
                new Event<>("id/1", SOURCE, Optional.of("about"), TIME, Optional.of(TRACE), data);
        assertThat(json.read(json.write(event))).isEqualTo(event);
    }

    @Test
    void everyTypeIsTried() {
        assertThat(everyKindOfData().map(data -> EventTypes.of(data.getClass())))
                .containsExactlyInAnyOrderElementsOf(EventTypes.all());
    }

    @Test
    void charactersThatSqsRefusesAreEscaped() {
        var item = mapper.createObjectNode().put("a\uFFFE", "b\uFFFF");
        var event = Event.of("job/7", SOURCE, TIME, new WorkItem("job", 7, item));
        var document = json.write(event);
        assertThat(new String(document, StandardCharsets.UTF_8))
                .contains("a\\ufffe", "b\\uffff")
                .doesNotContain("\uFFFE", "\uFFFF");
        assertThat(json.read(document)).isEqualTo(event);
    }

    @Test
    void theDocumentIsCloudEventsInStructuredMode() {
        var event = Event.of("job/7", SOURCE, TIME, new WorkDone("job", 7)).withSubject("job");
        assertThat(mapper.readTree(json.write(event.withTrace(Optional.of(TRACE)))))
                .isEqualTo(
                        mapper.readTree(
                                """
                                {"specversion": "1.0", "id": "job/7", "source": "/millrace/tests",
                                 "type": "io.millrace.work.done.v1", "subject": "job",
                                 "datacontenttype": "application/json",
                                 "time": "2026-11-23T10:15:30.123Z",
                                 "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                 "data": {"job": "job", "line": 7}}
                                """));
    }

    @Test
    void aDocumentWithoutDatacontenttypeIsJson() {
        var event =
                json.read(
                        bytes(
                                """
                                {"specversion": "1.0", "id": "1", "source": "/x", "time": "2026-11-23T10:15:30Z",
                                 "type": "io.millrace.work.done.v1", "data": {"job": "j", "line": 1}}
                                """),
                        WorkDone.class);
        assertThat(event.data()).isEqualTo(new WorkDone("j", 1));
    }

    @Test
    void whatIsNoCloudEventIsRefused() {
        for (var text :
                new String[] {"", "null", "{", "[]", "{}", "{\"specversion\":\"1.0\"}", "\u0000"}) {
            assertThatExceptionOfType(InvalidEvent.class)
                    .as(text)
                    .isThrownBy(() -> json.read(bytes(text)));
        }
    }

    @Test
    void anUnknownTypeIsAnsweredWithTheKnownOnes() {
        assertThatExceptionOfType(InvalidEvent.class)
                .isThrownBy(() ->
                        json.read(
                                bytes(
                                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\","
                                                + "\"type\":\"nope\",\"data\":{}}")))
                .withMessageContaining("nope")
                .withMessageContaining("io.millrace.load.requested.v1");
    }

    @Test
    void anEventOfAnotherKindIsRefused() {
        var event = json.write(Event.of("1", SOURCE, TIME, new WorkDone("j", 1)));
        assertThatExceptionOfType(InvalidEvent.class)
                .isThrownBy(() -> json.read(event, TaskResult.class))
                .withMessageContaining("io.millrace.work.done.v1")
                .withMessageContaining("TaskResult");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"data\":null"})
    void anEventWithoutDataIsRefused(String data) {
        assertThatExceptionOfType(InvalidEvent.class)
                .isThrownBy(() ->
                        json.read(
                                bytes(
                                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\","
                                                + "\"type\":\"io.millrace.work.done.v1\"%s}"
                                                        .formatted(data))))
                .withMessageContaining("no data");
    }

    @Test
    void missingFieldsAreNamed() {
        assertThatExceptionOfType(InvalidEvent.class)
                .isThrownBy(() ->
                        json.read(
                                bytes(
                                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\","
                                                + "\"type\":\"io.millrace.work.done.v1\",\"data\":{\"line\":1}}")))
                .withMessageContaining("job");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
