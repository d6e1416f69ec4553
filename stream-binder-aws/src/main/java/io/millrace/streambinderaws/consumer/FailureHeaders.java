package io.millrace.streambinderaws.consumer;

/** Message attributes that tell of a message in a dead-letter queue why it is there. */
public final class FailureHeaders {

    /** The name of the queue whose handler failed. */
    public static final String ORIGINAL_QUEUE = "x-original-queue";

    /** The class of the exception. */
    public static final String EXCEPTION_TYPE = "x-exception-type";

    /** What the exception said. */
    public static final String EXCEPTION_MESSAGE = "x-exception-message";

    /** How often the message was received. */
    public static final String RECEIVE_COUNT = "x-receive-count";

    private FailureHeaders() {}
}
