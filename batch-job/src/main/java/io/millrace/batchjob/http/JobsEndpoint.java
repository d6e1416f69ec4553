package io.millrace.batchjob.http;

import io.millrace.batchjob.http.JobsController.NewJob;
import io.millrace.lambdaadapter.HttpEndpoint;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code /jobs}, from API Gateway, which has checked who asks. */
@Component
@Profile("lambda")
class JobsEndpoint implements HttpEndpoint {

    private static final String JOBS = "/jobs";

    private final JobsController controller;
    private final JsonMapper json;

    JobsEndpoint(JobsController controller, JsonMapper json) {
        this.controller = controller;
        this.json = json;
    }

    @Override
    public ResponseEntity<?> answer(RequestEntity<byte[]> request) {
        var path = request.getUrl().getPath();
        if (path.equals(JOBS) && HttpMethod.POST.equals(request.getMethod())) {
            return controller.start(
                    newJob(request), request.getHeaders().getFirst("Idempotency-Key"));
        }
        if (path.equals(JOBS)) {
            return ResponseEntity.ok(controller.latest());
        }
        var parts = path.split("/");
        if (!path.startsWith(JOBS + "/") || parts.length > 4) {
            return ResponseEntity.notFound().build();
        }
        var id = parts[2];
        return switch (parts.length == 3 ? "" : parts[3]) {
            case "" -> ResponseEntity.ok(controller.one(id));
            case "pause" -> ResponseEntity.ok(controller.pause(id));
            case "resume" -> ResponseEntity.ok(controller.resume(id));
            case "cancel" -> ResponseEntity.ok(controller.cancel(id));
            default -> ResponseEntity.notFound().build();
        };
    }

    private NewJob newJob(RequestEntity<byte[]> request) {
        try {
            var body = Optional.ofNullable(request.getBody()).orElseGet(() -> new byte[0]);
            return json.readValue(body, NewJob.class);
        } catch (JacksonException e) {
            throw new ErrorResponseException(
                    HttpStatus.BAD_REQUEST,
                    ProblemDetail.forStatusAndDetail(
                            HttpStatus.BAD_REQUEST,
                            "the body is no JSON: " + e.getOriginalMessage()),
                    e);
        }
    }
}
