package io.millrace.webhookhandler.signature;

/** Whether a webhook may be trusted. */
public sealed interface Verdict {

    /** It was signed by who has the secret, not long ago. */
    record Genuine() implements Verdict {}

    /**
     * It cannot be checked, because something is missing or malformed.
     *
     * @param reason what, for the sender
     */
    record Malformed(String reason) implements Verdict {}

    /**
     * It was checked and is not to be trusted.
     *
     * @param reason why, for the sender
     */
    record Refused(String reason) implements Verdict {}
}
