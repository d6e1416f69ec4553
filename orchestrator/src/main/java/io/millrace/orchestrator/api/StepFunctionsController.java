package io.millrace.orchestrator.api;

import io.millrace.events.TraceParent;
import io.millrace.orchestrator.execution.Arns;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoint: one path, the operation in a header. */
@RestController
class StepFunctionsController {

    private static final Logger LOG = LoggerFactory.getLogger(StepFunctionsController.class);
    private static final MediaType AWS_JSON =
            MediaType.parseMediaType("application/x-amz-json-1.0");
    private static final String SERVICE = "AWSStepFunctions.";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Operation> operations;
    private final Arns arns;

    StepFunctionsController(Operations operations, Arns arns) {
        this.operations = operations.byName();
        this.arns = arns;
    }

    @PostMapping("/")
    ResponseEntity<byte[]> call(
            @RequestHeader(name = "X-Amz-Target", required = false) @Nullable String target,
            @RequestHeader(name = TraceParent.NAME, required = false) @Nullable String trace,
            @RequestBody(required = false) byte @Nullable [] body) {
        try {
            return response(
                    200,
                    operation(String.valueOf(target))
                            .answer(
                                    new Request(
                                            arguments(body),
                                            arns,
                                            Optional.ofNullable(trace)
                                                    .flatMap(TraceParent::parse)
                                                    .map(TraceParent::value))));
        } catch (ApiError e) {
            return response(400, error(e.type(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("{} failed", target, e);
            return response(500, error("InternalFailure", "The request could not be processed"));
        }
    }

    private Operation operation(String target) {
        var operation =
                target.startsWith(SERVICE)
                        ? operations.get(target.substring(SERVICE.length()))
                        : null;
        if (operation == null) {
            throw ApiError.unknownOperation(target);
        }
        return operation;
    }

    private static JsonNode arguments(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return Json.object();
        }
        try {
            var arguments = JSON.readTree(body);
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JacksonException e) {
            throw ApiError.serialization(e.getOriginalMessage());
        }
        throw ApiError.serialization("The request is to be an object");
    }

    private static ObjectNode error(String type, String message) {
        return Json.object().put("__type", type).put("message", message);
    }

    private static ResponseEntity<byte[]> response(int status, ObjectNode body) {
        return ResponseEntity.status(status)
                .contentType(AWS_JSON)
                .header("x-amzn-RequestId", UUID.randomUUID().toString())
                .body(JSON.writeValueAsBytes(body));
    }
}
