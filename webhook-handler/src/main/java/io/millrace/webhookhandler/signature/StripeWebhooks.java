package io.millrace.webhookhandler.signature;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies webhooks of Stripe (Stripe Docs, "Resolve webhook signature verification errors",
 * "Verify webhook signatures manually"). The id of the webhook is the event's, in the body.
 */
public final class StripeWebhooks implements SignatureScheme {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HmacSha256 secrets;
    private final Tolerance tolerance;

    /**
     * @param secrets any of them may have signed: {@code whsec_…}, which Stripe takes as they are
     * @param tolerance how far the timestamp may be from now, in both directions
     */
    public StripeWebhooks(List<String> secrets, Duration tolerance, InstantSource clock) {
        this.secrets = HmacSha256.ofTexts(secrets);
        this.tolerance = new Tolerance(tolerance, clock);
    }

    @Override
    public Verdict verify(Headers headers, String body) {
        var parts =
                headers.first("Stripe-Signature")
                        .map(text -> text.split(","))
                        .orElse(new String[0]);
        var timestamps = values(parts, "t=");
        var signatures = values(parts, "v1=");
        if (timestamps.size() != 1 || signatures.isEmpty()) {
            return new Verdict.Refused("the header Stripe-Signature (t=…,v1=…) is needed");
        }
        var timestamp = timestamps.getFirst();
        var objection = tolerance.objection("t in Stripe-Signature", timestamp);
        if (objection.isPresent()) {
            return objection.get();
        }
        var given = signatures.stream().flatMap(text -> Hex.parse(text).stream()).toList();
        return secrets.isSigned(timestamp + "." + body, given)
                ? genuine(body)
                : new Verdict.Refused("no v1 signature in Stripe-Signature fits the message");
    }

    private static List<String> values(String[] parts, String name) {
        return Arrays.stream(parts)
                .map(String::strip)
                .filter(part -> part.startsWith(name))
                .map(part -> part.substring(name.length()))
                .toList();
    }

    private static Verdict genuine(String body) {
        try {
            var id = JSON.readTree(body).path("id").stringValue("");
            return id.isBlank()
                    ? new Verdict.Malformed("the body has no text in the field 'id'")
                    : new Verdict.Genuine(id);
        } catch (JacksonException e) {
            return new Verdict.Malformed("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
