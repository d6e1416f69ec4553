package io.millrace.orchestrator.execution;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as a tree and as text, each made from the other when it is first asked for: the journal and
 * the history want text, states want a tree. Never changes.
 */
public final class Datum {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<String> source;
    private @Nullable JsonNode node;
    private @Nullable String text;

    private Datum(@Nullable JsonNode node, @Nullable String text, Supplier<String> source) {
        this.node = node;
        this.text = text;
        this.source = source;
    }

    public static Datum of(JsonNode node) {
        return new Datum(node, null, () -> JSON.writeValueAsString(node));
    }

    /**
     * A datum that is somewhere else until somebody asks for it.
     *
     * @param source fetches the text, which is known to be JSON
     */
    public static Datum elsewhere(Supplier<String> source) {
        return new Datum(null, null, source);
    }

    /** The datum of a text that is known to be JSON. */
    public static Datum ofText(String text) {
        return new Datum(null, text, () -> text);
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
            known = source.get();
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
