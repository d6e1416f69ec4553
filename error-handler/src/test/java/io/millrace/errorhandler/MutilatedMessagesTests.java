package io.millrace.errorhandler;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.errorhandler.failure.FailedMessage;
import io.millrace.errorhandler.failure.FailureHandling;
import io.millrace.errorhandler.failure.TaskAnswers;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is done to a message, it is handled: what is not would come back for ever. */
class MutilatedMessagesTests {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> REPLACEMENTS =
            List.of(
                    "null",
                    "0",
                    "-1.5e300",
                    "true",
                    "\"\"",
                    "\" \"",
                    "\"text\"",
                    "[]",
                    "{}",
                    "[[]]");

    private final FailureHandling handling =
            new FailureHandling(
                    new EventJson(),
                    new NobodyWaits(),
                    (_, body) -> Payload.text(body),
                    () -> Instant.EPOCH);

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"specversion":"1.0","id":"e/1","source":"/tests","type":"io.millrace.task.requested.v1",
                 "time":"2026-11-23T10:15:30Z","datacontenttype":"application/json",
                 "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                 "data":{"taskToken":"t","executionArn":"a","state":"s","attempt":0,"input":{}}}\
                """,
                """
                {"specversion":"1.0","id":"e/1","source":"/tests","type":"io.millrace.task.succeeded.v1",
                 "data":{"taskToken":"t","output":{"w":1}}}\
                """,
                """
                {"specversion":"1.0","id":"e/1","source":"/tests","type":"io.millrace.execution.failed.v1",
                 "time":"2026-11-23T10:15:30Z",
                 "data":{"executionArn":"a","stateMachineArn":"m","status":"FAILED","error":"e","cause":"c",
                         "failedState":"s","attempts":1,"input":{"a":[1]}}}\
                """,
                """
                {"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"b"},
                 "object":{"key":"k","versionId":"v","sequencer":"05"}}}]}\
                """,
                """
                {"eventSourceARN":"arn:aws:dynamodb:us-east-1:1:table/orders/stream/s",
                 "dynamodb":{"SequenceNumber":"42","Keys":{"pk":{"S":"1"}}}}\
                """
            })
    void anyPartMayBeMissingOrSomethingElse(String document) {
        for (var mutilated : mutilated(JSON.readTree(document))) {
            assertThatCode(() -> handling.handle(FailedMessage.bare("m", mutilated)))
                    .as(mutilated)
                    .doesNotThrowAnyException();
        }
        for (var length = 0; length < document.length(); length++) {
            var cut = document.substring(0, length);
            assertThatCode(() -> handling.handle(FailedMessage.bare("m", cut)))
                    .as(cut)
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> mutilated(JsonNode document) {
        var results = new ArrayList<String>();
        mutilate(document, document, results);
        return results;
    }

    private static void mutilate(JsonNode root, JsonNode node, List<String> results) {
        switch (node) {
            case ObjectNode object -> {
                for (var name : List.copyOf(object.propertyNames())) {
                    var original = object.get(name);
                    mutilate(root, original, results);
                    object.remove(name);
                    results.add(root.toString());
                    for (var replacement : REPLACEMENTS) {
                        object.set(name, JSON.readTree(replacement));
                        results.add(root.toString());
                    }
                    object.set(name, original);
                }
            }
            case ArrayNode array -> array.forEach(each -> mutilate(root, each, results));
            default -> {
                return;
            }
        }
    }

    private static final class NobodyWaits implements TaskAnswers {

        @Override
        public boolean fail(String taskToken, String error, String cause) {
            return false;
        }

        @Override
        public boolean succeed(String taskToken, JsonNode output) {
            return false;
        }
    }
}
