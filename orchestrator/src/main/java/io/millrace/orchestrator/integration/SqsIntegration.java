package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.integration.Parameters.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code sqs:sendMessage}. */
final class SqsIntegration implements Integration {

    private static final Refusals REFUSALS = new Refusals.Optimised("SQS", "AmazonSQS");

    static final Fields FIELDS =
            Fields.of(
                    Set.of("QueueUrl", "MessageBody"),
                    "DelaySeconds",
                    "MessageAttributes",
                    "MessageDeduplicationId",
                    "MessageGroupId");

    private final QueueSender sender;

    SqsIntegration(QueueSender sender) {
        this.sender = sender;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, _)
                && service.equals("sqs")
                && action.equals("sendMessage")
                && !resource.isJob();
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        return Answers.of(REFUSALS, call, () -> send(call.parameters(), call.trace()));
    }

    private ObjectNode send(JsonNode parameters, Optional<String> trace) {
        FIELDS.check(parameters);
        var entry =
                SendMessageBatchRequestEntry.builder()
                        .messageBody(Parameters.required(parameters, "MessageBody"))
                        .delaySeconds(Parameters.number(parameters, "DelaySeconds").orElse(null))
                        .messageGroupId(Parameters.text(parameters, "MessageGroupId").orElse(null))
                        .messageDeduplicationId(
                                Parameters.text(parameters, "MessageDeduplicationId").orElse(null))
                        .messageAttributes(attributes(Parameters.traced(parameters, trace)));
        var sent = sender.send(Parameters.required(parameters, "QueueUrl"), entry).join();
        var output = JsonNodeFactory.instance.objectNode();
        output.put("MD5OfMessageBody", sent.entry().md5OfMessageBody());
        if (sent.entry().md5OfMessageAttributes() != null) {
            output.put("MD5OfMessageAttributes", sent.entry().md5OfMessageAttributes());
        }
        output.put("MessageId", sent.entry().messageId());
        if (sent.entry().sequenceNumber() != null) {
            output.put("SequenceNumber", sent.entry().sequenceNumber());
        }
        return Answers.withMetadata(output, sent.response());
    }

    static Map<String, MessageAttributeValue> attributes(Map<String, Attribute> given) {
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        given.forEach((name, value) ->
                attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType(value.dataType())
                                .stringValue(value.text().orElse(null))
                                .binaryValue(
                                        value.bytes().map(SdkBytes::fromByteArray).orElse(null))
                                .build()));
        return attributes;
    }

    static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }
}
