package io.millrace.errorhandler.groups;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Groups in memory. */
class InMemoryGroups implements GroupStore {

    private final Map<String, FailureGroup> groups = new HashMap<>();
    private final Set<String> counted = new HashSet<>();

    @Override
    public synchronized Optional<FailureGroup> find(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    @Override
    public synchronized Written write(
            String recordId, Optional<FailureGroup> before, FailureGroup after) {
        var id = after.alike().id();
        if (counted.contains(recordId + id)) {
            return Written.KNOWN;
        }
        if (!find(id).map(FailureGroup::count).equals(before.map(FailureGroup::count))) {
            return Written.OVERTAKEN;
        }
        counted.add(recordId + id);
        groups.put(id, after);
        return Written.COUNTED;
    }

    @Override
    public synchronized void told(String id, Instant alarm) {
        groups.computeIfPresent(
                id,
                (_, group) ->
                        new FailureGroup(
                                group.alike(),
                                group.firstSeen(),
                                group.lastSeen(),
                                group.count(),
                                group.sample(),
                                group.alarm(),
                                Optional.of(alarm)));
    }

    @Override
    public synchronized List<FailureGroup> all() {
        return List.copyOf(groups.values());
    }
}
