package io.millrace.orchestrator.api;

import io.millrace.orchestrator.OrchestratorProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Refuses what is no request of AWS's JSON protocol, before its body is read. */
@Component
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class HttpRules extends OncePerRequestFilter {

    /** Step Functions, "Quotas": maximum request size. */
    private static final DataSize AWS_REQUEST = DataSize.ofMegabytes(1);

    private static final String UNKNOWN = "UnknownOperationException";

    private final long most;

    HttpRules(OrchestratorProperties properties) {
        this.most = (properties.awsStrict() ? AWS_REQUEST : properties.maxRequestSize()).toBytes();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals("/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            refuse(
                    response,
                    HttpStatus.NOT_FOUND,
                    UNKNOWN,
                    "Operations are asked for by POST, not by " + request.getMethod());
        } else if (!isJson(request)) {
            refuse(
                    response,
                    HttpStatus.NOT_FOUND,
                    UNKNOWN,
                    "The content type is to be application/x-amz-json-1.0, not "
                            + request.getContentType());
        } else if (request.getContentLengthLong() < 0) {
            refuse(
                    response,
                    HttpStatus.LENGTH_REQUIRED,
                    "MissingContentLength",
                    "You must provide the Content-Length HTTP header");
        } else if (request.getContentLengthLong() > most) {
            refuse(
                    response,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "RequestEntityTooLargeException",
                    "The request has %d bytes, more than the %d that may be"
                            .formatted(request.getContentLengthLong(), most));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isJson(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null
                && (type.startsWith("application/x-amz-json-")
                        || type.startsWith(MediaType.APPLICATION_JSON_VALUE));
    }

    private static void refuse(
            HttpServletResponse response, HttpStatus status, String type, String message)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType("application/x-amz-json-1.0");
        response.setHeader("x-amzn-RequestId", UUID.randomUUID().toString());
        response.getOutputStream()
                .write(JsonMapper.shared().writeValueAsBytes(Json.error(type, message)));
    }
}
