package io.millrace.lambdaadapter;

import io.millrace.streambinderaws.AwsMessageBinder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.JsonNode;

/**
 * Messages of SQS (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS"). They go through the
 * binding of their queue, with its converters and its rules for failures; those that come back are
 * reported one by one, so the event source mapping has to have {@code ReportBatchItemFailures}.
 */
final class SqsTrigger implements LambdaTrigger {

    private final AwsMessageBinder binder;

    SqsTrigger(AwsMessageBinder binder) {
        this.binder = binder;
    }

    @Override
    public boolean takes(JsonNode event) {
        return event.at("/Records/0/eventSource").asString("").equals("aws:sqs");
    }

    @Override
    public Object handle(JsonNode event, Deadline deadline) {
        var byQueue = new HashMap<String, List<Message>>();
        for (var item : event.path("Records")) {
            var arn = item.path("eventSourceARN").asString();
            byQueue.computeIfAbsent(arn.substring(arn.lastIndexOf(':') + 1), _ -> new ArrayList<>())
                    .add(message(item));
        }
        var failures = new ArrayList<Map<String, String>>();
        byQueue.forEach((queue, messages) ->
                binder.deliver(queue, messages)
                        .forEach(id -> failures.add(Map.of("itemIdentifier", id))));
        return Map.of("batchItemFailures", failures);
    }

    private static Message message(JsonNode item) {
        var system = new HashMap<MessageSystemAttributeName, String>();
        for (var attribute : item.path("attributes").properties()) {
            var name = MessageSystemAttributeName.fromValue(attribute.getKey());
            if (name != MessageSystemAttributeName.UNKNOWN_TO_SDK_VERSION) {
                system.put(name, attribute.getValue().asString());
            }
        }
        var attributes = new HashMap<String, MessageAttributeValue>();
        for (var attribute : item.path("messageAttributes").properties()) {
            attributes.put(attribute.getKey(), value(attribute.getValue()));
        }
        return Message.builder()
                .messageId(item.path("messageId").asString())
                .receiptHandle(item.path("receiptHandle").asString())
                .body(item.path("body").asString())
                .attributes(system)
                .messageAttributes(attributes)
                .build();
    }

    private static MessageAttributeValue value(JsonNode attribute) {
        var value = MessageAttributeValue.builder().dataType(attribute.path("dataType").asString());
        if (attribute.path("binaryValue").isString()) {
            var bytes = Base64.getDecoder().decode(attribute.path("binaryValue").asString());
            return value.binaryValue(SdkBytes.fromByteArray(bytes)).build();
        }
        return value.stringValue(attribute.path("stringValue").asString()).build();
    }
}
