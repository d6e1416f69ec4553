package io.millrace.orchestrator.execution;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as a tree and as text, each made from the other when it is first asked for: the journal and
 * the history want text, states want a tree. Never changes.
 */
public final class Datum {

    private static final JsonMapper JSON = JsonMapper.shared();

    private @Nullable JsonNode node;
    private @Nullable String text;

    private Datum(@Nullable JsonNode node, @Nullable String text) {
        this.node = node;
        this.text = text;
    }

    public static Datum of(JsonNode node) {
        return new Datum(node, null);
    }

    /** The datum of a text that is known to be JSON. */
    public static Datum ofText(String text) {
        return new Datum(null, text);
    }

    // Two threads that race here compute the same; neither sees half of it.
    public JsonNode node() {
        var known = node;
        if (known == null) {
            known = JSON.readTree(text());
            node = known;
        }
        return known;
    }

    public String text() {
        var known = text;
        if (known == null) {
            known = JSON.writeValueAsString(node);
            text = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Datum datum && datum.text().equals(text()));
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
