package io.millrace.systemtests;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the workers of many executions remember: which work came to them, and what they did. */
final class Diary {

    private final Map<String, Set<String>> effects = new ConcurrentSkipListMap<>();
    private final Map<String, Queue<String>> notes = new ConcurrentHashMap<>();

    /** Work, as its task names it: {@code run-7/ask} is the work {@code ask} of execution 7. */
    record Errand(String key, int attempt) {

        private String execution() {
            return key.substring(0, key.indexOf('/'));
        }

        @Override
        public String toString() {
            return key + "#" + attempt;
        }
    }

    void received(Errand errand, String token) {
        effects.computeIfAbsent(errand.toString(), _ -> ConcurrentHashMap.newKeySet()).add(token);
        note(errand, "received");
    }

    void note(Errand errand, String what) {
        notes.computeIfAbsent(errand.execution(), _ -> new ConcurrentLinkedQueue<>())
                .add("%s %s %s".formatted(Instant.now(), what, errand));
    }

    /** The tokens of each effect, by the effect's key and attempt. */
    Map<String, Set<String>> effects() {
        return effects;
    }

    /** When what of an execution came, and when its answer was taken. */
    List<String> of(String execution) {
        return List.copyOf(notes.getOrDefault(execution, new ConcurrentLinkedQueue<>()));
    }
}
