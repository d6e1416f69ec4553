package io.millrace.batchjob.job;

/** An object that a job reads is gone or has changed: trying again changes nothing. */
public final class ObjectLost extends RuntimeException {

    private ObjectLost(String message, Throwable cause) {
        super(message, cause);
    }

    public static ObjectLost gone(Job.Source source, Throwable cause) {
        return new ObjectLost(source.address() + " is not there any more", cause);
    }

    public static ObjectLost changed(Job.Source source, Throwable cause) {
        return new ObjectLost(
                source.address() + " was replaced while it was read; start a new job for it",
                cause);
    }

    public static ObjectLost refused(Job.Source source, Throwable cause) {
        return new ObjectLost(
                "%s may not be read: %s".formatted(source.address(), cause.getMessage()), cause);
    }
}
