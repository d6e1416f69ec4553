package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code sns:publish}. */
final class SnsIntegration implements Integration {

    private static final Refusals REFUSALS = new Refusals.Optimised("SNS", "AmazonSNS");

    static final Fields FIELDS =
            Fields.of(
                    Set.of("Message"),
                    "MessageAttributes",
                    "MessageDeduplicationId",
                    "MessageGroupId",
                    "MessageStructure",
                    "PhoneNumber",
                    "Subject",
                    "TargetArn",
                    "TopicArn");

    private final Supplier<SnsClient> sns;

    SnsIntegration(Supplier<SnsClient> sns) {
        this.sns = sns;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, _)
                && service.equals("sns")
                && action.equals("publish")
                && !resource.isJob();
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        return Answers.of(REFUSALS, call, () -> publish(call.parameters(), call.trace()));
    }

    private ObjectNode publish(JsonNode parameters, Optional<String> trace) {
        FIELDS.check(parameters);
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        Parameters.traced(parameters, trace)
                .forEach((name, value) ->
                        attributes.put(
                                name,
                                MessageAttributeValue.builder()
                                        .dataType(value.dataType())
                                        .stringValue(value.text().orElse(null))
                                        .binaryValue(
                                                value.bytes()
                                                        .map(SdkBytes::fromByteArray)
                                                        .orElse(null))
                                        .build()));
        var request =
                PublishRequest.builder()
                        .message(Parameters.required(parameters, "Message"))
                        .topicArn(Parameters.text(parameters, "TopicArn").orElse(null))
                        .targetArn(Parameters.text(parameters, "TargetArn").orElse(null))
                        .phoneNumber(Parameters.text(parameters, "PhoneNumber").orElse(null))
                        .subject(Parameters.text(parameters, "Subject").orElse(null))
                        .messageStructure(
                                Parameters.text(parameters, "MessageStructure").orElse(null))
                        .messageGroupId(Parameters.text(parameters, "MessageGroupId").orElse(null))
                        .messageDeduplicationId(
                                Parameters.text(parameters, "MessageDeduplicationId").orElse(null))
                        .messageAttributes(attributes)
                        .build();
        var response = sns.get().publish(request);
        var output = JsonNodeFactory.instance.objectNode();
        output.put("MessageId", response.messageId());
        if (response.sequenceNumber() != null) {
            output.put("SequenceNumber", response.sequenceNumber());
        }
        return Answers.withMetadata(output, response);
    }
}
