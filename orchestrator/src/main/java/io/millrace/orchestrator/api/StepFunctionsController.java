package io.millrace.orchestrator.api;

import io.millrace.events.TraceParent;
import io.millrace.orchestrator.authentication.Authentication;
import io.millrace.orchestrator.authentication.NotAuthenticated;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.servicestarter.CurrentTrace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
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
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Operations operations;
    private final Arns arns;
    private final Authentication authentication;
    private final CurrentTrace trace;

    StepFunctionsController(
            Operations operations, Arns arns, Authentication authentication, CurrentTrace trace) {
        this.operations = operations;
        this.arns = arns;
        this.authentication = authentication;
        this.trace = trace;
    }

    @PostMapping("/")
    ResponseEntity<byte[]> call(
            HttpServletRequest received, @RequestBody(required = false) byte @Nullable [] body) {
        var request = asReceived(received, body);
        try {
            authentication.check(request);
        } catch (NotAuthenticated e) {
            return response(400, Json.error(e.type(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("It cannot be checked who asks", e);
            return internalFailure();
        }
        return answer(request);
    }

    /** Spring's own view of the headers has a charset added, which no client has signed. */
    private static RequestEntity<byte[]> asReceived(
            HttpServletRequest request, byte @Nullable [] body) {
        var headers = new HttpHeaders();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(
                        name -> headers.addAll(name, Collections.list(request.getHeaders(name))));
        return new RequestEntity<>(
                body,
                headers,
                HttpMethod.valueOf(request.getMethod()),
                UriComponentsBuilder.fromPath(request.getRequestURI())
                        .query(request.getQueryString())
                        .build(true)
                        .toUri());
    }

    /** Answers a request of somebody who may call. */
    ResponseEntity<byte[]> answer(RequestEntity<byte[]> request) {
        var headers = request.getHeaders();
        var target = String.valueOf(headers.getFirst("X-Amz-Target"));
        try {
            return response(
                    200,
                    operations
                            .target(target)
                            .answer(
                                    new Request(
                                            arguments(request.getBody()),
                                            arns,
                                            trace(headers).map(TraceParent::value))));
        } catch (ApiError e) {
            return response(400, Json.error(e.type(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("{} failed", target, e);
            return internalFailure();
        }
    }

    private Optional<TraceParent> trace(HttpHeaders headers) {
        return trace.within(
                Optional.ofNullable(headers.getFirst(TraceParent.NAME))
                        .flatMap(TraceParent::parse));
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

    private static ResponseEntity<byte[]> internalFailure() {
        return response(500, Json.error("InternalFailure", "The request could not be processed"));
    }

    private static ResponseEntity<byte[]> response(int status, ObjectNode body) {
        return ResponseEntity.status(status)
                .contentType(AWS_JSON)
                .header("x-amzn-RequestId", UUID.randomUUID().toString())
                .body(JSON.writeValueAsBytes(body));
    }
}
