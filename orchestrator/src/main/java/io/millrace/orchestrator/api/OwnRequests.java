package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.integration.OwnApi;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers what tasks of this orchestrator's own executions ask of the API. */
final class OwnRequests implements OwnApi {

    private final Operations operations;
    private final Arns arns;

    OwnRequests(Operations operations, Arns arns) {
        this.operations = operations;
        this.arns = arns;
    }

    @Override
    public Answer answer(Call call) {
        try {
            var operation = operations.target(call.target());
            var arguments = JsonMapper.shared().readTree(call.body());
            return answer(
                    200, operation.answer(new Request(arguments, arns, call.trace(), call.task())));
        } catch (ApiError e) {
            return answer(400, Json.error(e.type(), String.valueOf(e.getMessage())));
        }
    }

    private static Answer answer(int status, ObjectNode body) {
        return new Answer(status, UUID.randomUUID().toString(), body.toString());
    }
}
