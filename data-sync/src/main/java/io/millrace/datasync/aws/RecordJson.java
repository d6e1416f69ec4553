package io.millrace.datasync.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The SDK's record as the JSON that DynamoDB Streams documents and Lambda hands on. */
final class RecordJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    static JsonNode of(Record record, String streamArn) {
        var change = record.dynamodb();
        var json = NODES.objectNode();
        json.put("ApproximateCreationDateTime", seconds(change.approximateCreationDateTime()));
        json.set("Keys", item(change.keys()));
        if (change.hasNewImage()) {
            json.set("NewImage", item(change.newImage()));
        }
        if (change.hasOldImage()) {
            json.set("OldImage", item(change.oldImage()));
        }
        json.put("SequenceNumber", change.sequenceNumber());
        json.put("SizeBytes", change.sizeBytes());
        json.put("StreamViewType", change.streamViewTypeAsString());
        return NODES.objectNode()
                .put("eventID", record.eventID())
                .put("eventName", record.eventNameAsString())
                .put("eventVersion", record.eventVersion())
                .put("eventSource", record.eventSource())
                .put("awsRegion", record.awsRegion())
                .put("eventSourceARN", streamArn)
                .set("dynamodb", json);
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
    }

    private static ObjectNode item(Map<String, AttributeValue> attributes) {
        var item = NODES.objectNode();
        attributes.forEach((name, value) -> item.set(name, described(value)));
        return item;
    }

    private static ObjectNode described(AttributeValue value) {
        var type = value.type();
        var json =
                switch (type) {
                    case S -> NODES.stringNode(value.s());
                    case N -> NODES.stringNode(value.n());
                    case B -> binary(value.b());
                    case BOOL -> NODES.booleanNode(value.bool());
                    case NUL -> NODES.booleanNode(true);
                    case M -> item(value.m());
                    case L -> array(value.l().stream().map(RecordJson::described).toList());
                    case SS -> array(strings(value.ss()));
                    case NS -> array(strings(value.ns()));
                    case BS -> array(value.bs().stream().map(RecordJson::binary).toList());
                    case UNKNOWN_TO_SDK_VERSION ->
                            throw new IllegalStateException(
                                    "an attribute has a type that this SDK does not know: "
                                            + value);
                };
        var name = type == AttributeValue.Type.NUL ? "NULL" : type.name();
        return NODES.objectNode().set(name, json);
    }

    private static JsonNode binary(SdkBytes bytes) {
        return NODES.stringNode(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
    }

    private static List<? extends JsonNode> strings(List<String> values) {
        return values.stream().map(NODES::stringNode).toList();
    }

    private static JsonNode array(Collection<? extends JsonNode> values) {
        var array = NODES.arrayNode();
        array.addAll(values);
        return array;
    }
}
