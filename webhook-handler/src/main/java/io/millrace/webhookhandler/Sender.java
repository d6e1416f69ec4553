package io.millrace.webhookhandler;

import io.millrace.webhookhandler.signature.SignatureScheme;

/** Who may send webhooks: how to tell that it is them, and how many they may send. */
record Sender(SignatureScheme scheme, RateLimit limit) {}
