package io.millrace.batchjob.http;

import io.millrace.batchjob.job.BatchRequest;
import io.millrace.batchjob.job.ControlResult;
import io.millrace.batchjob.job.Job;
import io.millrace.batchjob.job.JobControl;
import io.millrace.batchjob.job.ProgressView;
import io.millrace.batchjob.job.StartResult;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Batches over HTTP. */
@RestController
@RequestMapping("/jobs")
class JobsController {

    private final Function<BatchRequest, StartResult> runBatch;
    private final ProgressView progress;
    private final JobControl control;

    JobsController(
            Function<BatchRequest, StartResult> runBatch,
            ProgressView progress,
            JobControl control) {
        this.runBatch = runBatch;
        this.progress = progress;
        this.control = control;
    }

    /** What a request says; both have to be there. */
    record NewJob(@Nullable String bucket, @Nullable String key) {}

    @PostMapping
    ResponseEntity<Map<String, String>> start(
            @RequestBody NewJob wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String token) {
        var request =
                new BatchRequest(
                        required("bucket", wanted.bucket()),
                        required("key", wanted.key()),
                        Optional.ofNullable(token).filter(each -> !each.isBlank()));
        return switch (runBatch.apply(request)) {
            case StartResult.Started(var job) -> accepted(job);
            case StartResult.Repeated(var job) -> accepted(job);
            case StartResult.Refused(var detail) ->
                    throw problem(HttpStatus.UNPROCESSABLE_CONTENT, detail);
        };
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw problem(
                    HttpStatus.BAD_REQUEST,
                    "'%s' is missing; send {\"bucket\": \"…\", \"key\": \"…\"}".formatted(name));
        }
        return value;
    }

    private static ResponseEntity<Map<String, String>> accepted(Job job) {
        return ResponseEntity.accepted()
                .location(URI.create("/jobs/" + job.id()))
                .body(Map.of("id", job.id()));
    }

    @GetMapping("/{id}")
    JobView one(@PathVariable String id) {
        return progress.of(id).map(JobView::of).orElseThrow(() -> unknown(id));
    }

    private static ErrorResponseException unknown(String id) {
        return problem(HttpStatus.NOT_FOUND, "there is no job " + id);
    }

    @PostMapping("/{id}/pause")
    JobView pause(@PathVariable String id) {
        return view(control.pause(id));
    }

    @PostMapping("/{id}/resume")
    JobView resume(@PathVariable String id) {
        return view(control.resume(id));
    }

    @PostMapping("/{id}/cancel")
    JobView cancel(@PathVariable String id) {
        return view(control.cancel(id));
    }

    private JobView view(ControlResult result) {
        return switch (result) {
            case ControlResult.Changed(var job) -> one(job.id());
            case ControlResult.Unknown(var id) -> throw unknown(id);
            case ControlResult.Refused(var detail) -> throw problem(HttpStatus.CONFLICT, detail);
        };
    }

    @GetMapping
    List<JobView> latest() {
        return progress.latest().stream().map(JobView::of).toList();
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(
                status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
