package io.millrace.orchestrator.integration;

/** The Step Functions API of this orchestrator, with no network and no authentication between. */
@FunctionalInterface
public interface OwnApi {

    /**
     * Answers a request.
     *
     * @param target what is asked for, as in the header {@code X-Amz-Target}
     * @param body AWS JSON
     */
    Answer call(String target, byte[] body);

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body AWS JSON
     */
    record Answer(int status, String requestId, String body) {}
}
