package io.millrace.orchestrator.authentication;

import java.time.Instant;

/**
 * It is not known who asks, with the type and message that AWS has for it (Step Functions API
 * reference, "Common Errors").
 */
public final class NotAuthenticated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    private NotAuthenticated(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    static NotAuthenticated missing() {
        return new NotAuthenticated(
                "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    static NotAuthenticated incomplete(String reason) {
        return new NotAuthenticated("IncompleteSignatureException", reason);
    }

    static NotAuthenticated unrecognized() {
        return new NotAuthenticated(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.");
    }

    static NotAuthenticated token(String reason) {
        return new NotAuthenticated(
                "UnrecognizedClientException",
                "The bearer token in the request is invalid: " + reason);
    }

    static NotAuthenticated signature() {
        return invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
    }

    static NotAuthenticated expired(Instant signed, Instant now) {
        return invalid(
                "Signature expired: %s is now earlier than %s (%s - 5 min.)"
                        .formatted(
                                SignatureV4.TIME.format(signed),
                                SignatureV4.TIME.format(now.minus(SignatureV4.TOLERANCE)),
                                SignatureV4.TIME.format(now)));
    }

    static NotAuthenticated early(Instant signed, Instant now) {
        return invalid(
                "Signature not yet current: %s is still later than %s (%s + 5 min.)"
                        .formatted(
                                SignatureV4.TIME.format(signed),
                                SignatureV4.TIME.format(now.plus(SignatureV4.TOLERANCE)),
                                SignatureV4.TIME.format(now)));
    }

    static NotAuthenticated invalid(String reason) {
        return new NotAuthenticated("InvalidSignatureException", reason);
    }

    /** The {@code __type}. */
    public String type() {
        return type;
    }
}
