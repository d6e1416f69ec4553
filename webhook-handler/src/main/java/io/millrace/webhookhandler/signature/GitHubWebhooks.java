package io.millrace.webhookhandler.signature;

import java.util.List;

/**
 * Verifies webhooks of GitHub (GitHub Docs, "Validating webhook deliveries"): the body is signed,
 * its id and the time are not, so a tolerance has nothing to go by.
 */
public final class GitHubWebhooks implements SignatureScheme {

    private static final String PREFIX = "sha256=";

    private final HmacSha256 secrets;

    /**
     * @param secrets any of them may have signed
     */
    public GitHubWebhooks(List<String> secrets) {
        this.secrets = HmacSha256.ofTexts(secrets);
    }

    @Override
    public Verdict verify(Headers headers, String body) {
        var id = headers.first("X-GitHub-Delivery").filter(text -> !text.isBlank());
        var type = headers.first("X-GitHub-Event").filter(text -> !text.isBlank());
        if (id.isEmpty() || type.isEmpty()) {
            return new Verdict.Malformed(
                    "the headers X-GitHub-Delivery and X-GitHub-Event are needed");
        }
        var signature =
                headers.first("X-Hub-Signature-256").filter(text -> text.startsWith(PREFIX));
        if (signature.isEmpty()) {
            return new Verdict.Refused("the header X-Hub-Signature-256 (sha256=…) is needed");
        }
        var given = Hex.parse(signature.get().substring(PREFIX.length()));
        return secrets.isSigned(body, given.stream().toList())
                ? new Verdict.Genuine(id.get(), type)
                : new Verdict.Refused("the signature in X-Hub-Signature-256 does not fit the body");
    }
}
