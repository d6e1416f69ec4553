package io.millrace.statestestkit;

/** Thrown by a mock, fails its task with an error that Retry and Catch see. */
public final class TaskFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    public TaskFailure(String error, String cause) {
        super(cause);
        this.error = error;
    }

    public TaskFailure(String error) {
        this(error, "");
    }

    /** The error's name. */
    public String error() {
        return error;
    }
}
