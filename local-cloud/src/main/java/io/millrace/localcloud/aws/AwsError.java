package io.millrace.localcloud.aws;

/** A refusal that reaches the client in the form its protocol has for errors. */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String explanation;

    private AwsError(int status, String code, String explanation) {
        super(code + ": " + explanation);
        this.status = status;
        this.code = code;
        this.explanation = explanation;
    }

    /** An error of any kind, as another part reported it. */
    public static AwsError of(int status, String code, String explanation) {
        return new AwsError(status, code, explanation);
    }

    /** The caller's mistake. */
    public static AwsError badRequest(String code, String explanation) {
        return new AwsError(400, code, explanation);
    }

    /** The caller names a resource that is not there. */
    public static AwsError notFound(String code, String explanation) {
        return new AwsError(404, code, explanation);
    }

    /**
     * What AWS has and this cloud has not. Not retried by SDKs, unlike other errors from 500 on.
     */
    public static AwsError notImplemented(String explanation) {
        return new AwsError(501, "NotImplemented", explanation);
    }

    /** A part that is not there yet; SDKs try again. */
    public static AwsError unavailable(String explanation) {
        return new AwsError(503, "ServiceUnavailable", explanation);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String explanation() {
        return explanation;
    }
}
