package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.JobOf;
import java.util.Optional;

/** The Step Functions API of this orchestrator, with no network and no authentication between. */
@FunctionalInterface
public interface OwnApi {

    Answer answer(Call call);

    /**
     * A request.
     *
     * @param target what is asked for, as in the header {@code X-Amz-Target}
     * @param body AWS JSON
     * @param trace a W3C traceparent
     * @param task that wants an execution started
     */
    record Call(String target, String body, Optional<String> trace, Optional<JobOf> task) {}

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body AWS JSON
     */
    record Answer(int status, String requestId, String body) {}
}
