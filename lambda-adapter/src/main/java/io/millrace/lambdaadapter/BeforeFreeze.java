package io.millrace.lambdaadapter;

/**
 * Work that an invocation, also one that has failed, has left to other threads, which stand still
 * once it has answered.
 */
@FunctionalInterface
public interface BeforeFreeze {

    /** Returns when it is done, or shortly before the deadline. */
    void await(Deadline deadline);
}
