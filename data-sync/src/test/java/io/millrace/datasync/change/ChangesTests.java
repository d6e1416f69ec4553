package io.millrace.datasync.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.EventJson;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChangesTests {

    private static final JsonMapper JSON = new JsonMapper();

    private final Changes changes = changes("type", 200_000);

    @Test
    void aRecordBecomesALoadRequestInPlainJson() {
        var event =
                changes.loadRequest(
                        record(
                                """
                                {"type":{"S":"order"},"price":{"N":"12"},"paid":{"BOOL":true},
                                 "note":{"NULL":true},"tags":{"SS":["a","b"]},"counts":{"NS":["1","2"]},
                                 "photo":{"B":"aGk="},"lines":{"L":[{"M":{"article":{"S":"x"}}}]}}
                                """));
        assertThat(event.id()).isEqualTo("millrace-records/111");
        assertThat(event.time()).isEqualTo(Instant.parse("2015-04-08T23:10:37.500Z"));
        assertThat(event.data().kind()).isEqualTo("record");
        assertThat(JSON.readTree(event.data().payload().toString()))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"eventName":"INSERT","keys":{"pk":"order#1","sk":"head"},
                                 "newImage":{"type":"order","price":12,"paid":true,"note":null,
                                   "tags":["a","b"],"counts":[1,2],"photo":"aGk=","lines":[{"article":"x"}]},
                                 "approximateCreationDateTime":"2015-04-08T23:10:37.500Z"}
                                """));
    }

    @Test
    void numbersKeepAllTheirDigits() {
        var event =
                changes.loadRequest(
                        record(
                                """
                                {"type":{"S":"x"},"n":{"N":"12345678901234567890123456789012345678"}}
                                """));
        assertThat(event.data().payload().path("newImage").path("n").decimalValue())
                .isEqualTo("12345678901234567890123456789012345678");
    }

    @Test
    void aNewImageWithoutTheRequiredAttributeIsRefused() {
        assertThatThrownBy(() -> changes.loadRequest(record("{\"name\":{\"S\":\"x\"}}")))
                .isInstanceOf(UnloadableRecord.class)
                .hasMessageContaining("'type'")
                .hasMessageContaining("millrace.data-sync.required-attribute");
        assertThatThrownBy(() -> changes.loadRequest(record("{\"type\":{\"S\":\" \"}}")))
                .isInstanceOf(UnloadableRecord.class);
        assertThatThrownBy(() -> changes.loadRequest(record("{\"type\":{\"N\":\"1\"}}")))
                .isInstanceOf(UnloadableRecord.class);
    }

    @Test
    void aBlankRuleRequiresNothing() {
        assertThat(changes("", 200_000).loadRequest(record("{\"name\":{\"S\":\"x\"}}")).id())
                .isEqualTo("millrace-records/111");
    }

    @Test
    void aRemovalHasNoNewImageToLackAnything() {
        var removal =
                JSON.readTree(
                        """
                        {"eventName":"REMOVE","eventSourceARN":"arn:aws:dynamodb:us-east-1:0:table/t/stream/s",
                         "dynamodb":{"ApproximateCreationDateTime":1428534637,"SequenceNumber":"5",
                           "Keys":{"pk":{"S":"a"}},"OldImage":{"pk":{"S":"a"}}}}
                        """);
        var event = changes.loadRequest(removal);
        assertThat(event.data().payload().path("eventName").asString()).isEqualTo("REMOVE");
        assertThat(event.data().payload().has("newImage")).isFalse();
    }

    @Test
    void whatIsNoStreamRecordIsRefused() {
        assertThatThrownBy(() -> changes.loadRequest(JSON.readTree("{\"hello\":1}")))
                .isInstanceOf(UnloadableRecord.class)
                .hasMessageContaining("'dynamodb'");
        assertThatThrownBy(() -> changes.loadRequest(record("{\"type\":{\"X\":\"unknown\"}}")))
                .isInstanceOf(UnloadableRecord.class)
                .hasMessageContaining("'X'");
    }

    @Test
    void aRecordThatNoMessageCanCarryIsRefused() {
        assertThatThrownBy(() ->
                        changes("type", 1_000)
                                .loadRequest(
                                        record(
                                                "{\"type\":{\"S\":\"%s\"}}"
                                                        .formatted("x".repeat(2_000)))))
                .isInstanceOf(UnloadableRecord.class)
                .hasMessageContaining("1000");
    }

    private static Changes changes(String required, long maxBytes) {
        return new Changes(URI.create("/millrace/data-sync"), required, maxBytes, new EventJson());
    }

    private static JsonNode record(String newImage) {
        return JSON.readTree(
                """
                {"eventID":"e","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",
                 "awsRegion":"us-east-1",
                 "eventSourceARN":"arn:aws:dynamodb:us-east-1:000000000000:table/millrace-records/stream/2015-05-11T21:21:33.291",
                 "dynamodb":{"ApproximateCreationDateTime":1428534637.5,"SequenceNumber":"111","SizeBytes":26,
                   "StreamViewType":"NEW_AND_OLD_IMAGES",
                   "Keys":{"pk":{"S":"order#1"},"sk":{"S":"head"}},"NewImage":%s}}
                """
                        .formatted(newImage));
    }
}
