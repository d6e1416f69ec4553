package io.millrace.webhookhandler.signature;

import java.util.Optional;

/** How a sender signs its webhooks. */
public interface SignatureScheme {

    /** The headers of a request. */
    interface Headers {
        Optional<String> first(String name);
    }

    /** Judges a webhook. */
    Verdict verify(Headers headers, String body);
}
