package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.TaskResource.Pattern;
import java.util.Set;

/** {@code dynamodb:getItem}, {@code putItem}, {@code updateItem} and {@code deleteItem}. */
final class DynamoDbIntegration implements Integration {

    private static final Refusals REFUSALS = new Refusals.Optimised("DynamoDB", "AmazonDynamoDBv2");
    private static final Set<String> ACTIONS =
            Set.of("getItem", "putItem", "updateItem", "deleteItem");

    private final SdkServices services;

    DynamoDbIntegration(SdkServices services) {
        this.services = services;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, var pattern)
                && service.equals("dynamodb")
                && ACTIONS.contains(action)
                && pattern == Pattern.REQUEST_RESPONSE;
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        var action = ((TaskResource.Service) call.resource()).action();
        return Answers.of(
                REFUSALS,
                call,
                () -> {
                    var answer =
                            services.operation("dynamodb", action)
                                    .orElseThrow()
                                    .call(call.parameters());
                    return Answers.withMetadata(answer.output(), answer.response());
                });
    }
}
