package io.millrace.orchestrator.authentication;

/** The API would be open to whoever reaches this machine. */
final class UnprotectedApi extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnprotectedApi(String address) {
        super(
                "The Step Functions API would listen on %s, and answer everybody who can reach it."
                        .formatted(address));
    }
}
