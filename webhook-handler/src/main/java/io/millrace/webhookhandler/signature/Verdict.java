package io.millrace.webhookhandler.signature;

import java.util.Optional;

/** Whether a webhook may be trusted. */
public sealed interface Verdict {

    /**
     * It was signed by who has the secret, not long ago.
     *
     * @param id the sender's id of the webhook, the same when it is sent again
     * @param type what happened, where the sender says so beside the body
     */
    record Genuine(String id, Optional<String> type) implements Verdict {

        public Genuine(String id) {
            this(id, Optional.empty());
        }
    }

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
