package io.millrace.orchestrator.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store that lasts as long as the process; for tests, and for users' tests. */
public final class InMemoryStateMachineStore implements StateMachineStore {

    private final ConcurrentSkipListMap<String, StateMachine> machines =
            new ConcurrentSkipListMap<>();
    private final Map<String, String> revisions = new ConcurrentHashMap<>();
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    @Override
    public Optional<StateMachine> find(String name) {
        return Optional.ofNullable(machines.get(name));
    }

    @Override
    public Optional<StateMachine> create(StateMachine machine) {
        return Optional.ofNullable(machines.putIfAbsent(machine.name(), machine));
    }

    @Override
    public void replace(StateMachine machine) {
        machines.put(machine.name(), machine);
    }

    @Override
    public void delete(String name) {
        machines.remove(name);
    }

    @Override
    public List<StateMachine> list(String after, int limit) {
        return machines.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public long count() {
        return machines.size();
    }

    @Override
    public void putRevision(String revision, String definition) {
        revisions.put(revision, definition);
    }

    @Override
    public Optional<String> revision(String revision) {
        return Optional.ofNullable(revisions.get(revision));
    }

    @Override
    public String agree(String setting, String proposal) {
        var before = settings.putIfAbsent(setting, proposal);
        return before == null ? proposal : before;
    }

    @Override
    public Optional<Document> document(String key) {
        return Optional.ofNullable(documents.get(key));
    }

    @Override
    public boolean put(String key, Document document) {
        var before = documents.get(key);
        if (before == null) {
            return document.version() == 1 && documents.putIfAbsent(key, document) == null;
        }
        return document.version() == before.version() + 1
                && documents.replace(key, before, document);
    }

    @Override
    public void removeDocument(String key) {
        documents.remove(key);
    }
}
