package io.millrace.orchestrator.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Versions, aliases and tags; replicas change them by compare-and-set, none is lost. */
public final class Published {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<TreeMap<String, String>> TAGS = new TypeReference<>() {};

    /** How long a start may follow versions and aliases that were just changed elsewhere. */
    private static final Duration STALE = Duration.ofSeconds(1);

    private final StateMachineStore store;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    public Published(StateMachineStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Seen(Releases releases, Instant at) {}

    /** The versions and aliases of the state machine of that name. */
    public Releases releases(String stateMachine) {
        return releases(store.document(key(stateMachine)));
    }

    /**
     * The versions and aliases that a start follows; another replica's change may take a second to
     * be seen.
     */
    public Releases recentReleases(String stateMachine) {
        var now = clock.instant();
        var known = seen.get(stateMachine);
        if (known != null && known.at().plus(STALE).isAfter(now)) {
            return known.releases();
        }
        var read = new Seen(releases(stateMachine), now);
        // What was changed here meanwhile is newer than what was read.
        if (known == null) {
            seen.putIfAbsent(stateMachine, read);
        } else {
            seen.replace(stateMachine, known, read);
        }
        return read.releases();
    }

    /**
     * Changes the versions and aliases of a state machine.
     *
     * @param change asked again when another replica was faster; what it throws changes nothing
     */
    public Releases change(String stateMachine, UnaryOperator<Releases> change) {
        var key = key(stateMachine);
        while (true) {
            var document = store.document(key);
            var before = releases(document);
            var after = change.apply(before);
            if (after.equals(before) || put(key, document, JSON.writeValueAsString(after))) {
                seen.put(stateMachine, new Seen(after, clock.instant()));
                return after;
            }
        }
    }

    private static Releases releases(Optional<Document> document) {
        return document.map(kept -> JSON.readValue(kept.text(), Releases.class))
                .orElse(Releases.NONE);
    }

    /** The tags of a resource, by key. */
    public Map<String, String> tags(String arn) {
        return tags(store.document(tagsKey(arn)));
    }

    /** Changes the tags of a resource, as {@link #change} does. */
    public void changeTags(String arn, UnaryOperator<Map<String, String>> change) {
        var key = tagsKey(arn);
        while (true) {
            var document = store.document(key);
            var after = change.apply(tags(document));
            if (put(key, document, JSON.writeValueAsString(after))) {
                return;
            }
        }
    }

    private static Map<String, String> tags(Optional<Document> document) {
        return document.<Map<String, String>>map(kept -> JSON.readValue(kept.text(), TAGS))
                .orElseGet(TreeMap::new);
    }

    /** Forgets all that was kept for a state machine that is deleted. */
    public void forget(String stateMachine, String arn) {
        store.removeDocument(key(stateMachine));
        seen.remove(stateMachine);
        forgetTags(arn);
    }

    /** Forgets the tags of a resource that is deleted. */
    public void forgetTags(String arn) {
        store.removeDocument(tagsKey(arn));
    }

    private boolean put(String key, Optional<Document> before, String text) {
        return store.put(key, new Document(text, before.map(Document::version).orElse(0L) + 1));
    }

    private static String key(String stateMachine) {
        return "releases#" + stateMachine;
    }

    private static String tagsKey(String arn) {
        return "tags#" + arn;
    }
}
