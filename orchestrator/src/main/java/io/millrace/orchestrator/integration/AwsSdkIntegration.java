package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.TaskResource;
import java.util.Optional;

/** {@code aws-sdk:<service>:<action>}: any operation of an API, as the AWS SDK has it. */
final class AwsSdkIntegration implements Integration {

    private static final String PREFIX = "aws-sdk:";

    private final SdkServices services;

    AwsSdkIntegration(SdkServices services) {
        this.services = services;
    }

    @Override
    public boolean handles(TaskResource resource) {
        return !resource.isJob() && operation(resource).isPresent();
    }

    private Optional<SdkOperation> operation(TaskResource resource) {
        return resource instanceof TaskResource.Service(var service, var action, _)
                        && service.startsWith(PREFIX)
                ? services.operation(service.substring(PREFIX.length()), action)
                : Optional.empty();
    }

    @Override
    public TaskOutcome call(TaskCall call) {
        var operation = operation(call.resource()).orElseThrow();
        return Answers.of(
                new Refusals.OfSdk(operation.serviceName()),
                call,
                () -> operation.call(call.parameters()).output());
    }
}
