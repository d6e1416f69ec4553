package io.millrace.webhookhandler;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A webhook that is not accepted, as the sender is told (RFC 9457). */
final class Problem extends ErrorResponseException {

    private static final String RETRY_AFTER_SECONDS = "5";

    private Problem(HttpStatus status, String reason) {
        super(status, ProblemDetail.forStatusAndDetail(status, reason), null);
    }

    static Problem malformed(String reason) {
        return new Problem(HttpStatus.BAD_REQUEST, reason);
    }

    static Problem refused(String reason) {
        return new Problem(HttpStatus.UNAUTHORIZED, reason);
    }

    static Problem unknownSource(String source) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "there is no webhook source '%s'; millrace.webhook.sources.%s.secrets makes one"
                        .formatted(source, source));
    }

    static Problem otherBody(String id) {
        return new Problem(
                HttpStatus.CONFLICT,
                "the webhook '%s' came before with another body; give each its own id"
                        .formatted(id));
    }

    static Problem tooMany(Duration wait) {
        var problem =
                new Problem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "the source has sent more webhooks than it may; send it again later");
        problem.getHeaders()
                .set(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusSeconds(1).toSeconds()));
        return problem;
    }

    static Problem tooLarge(long limit) {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE, "the body has more than %d bytes".formatted(limit));
    }

    static Problem notJson() {
        return new Problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "the content type has to be application/json");
    }

    static Problem unavailable() {
        var problem =
                new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "the webhook could not be queued; send it again");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem;
    }
}
