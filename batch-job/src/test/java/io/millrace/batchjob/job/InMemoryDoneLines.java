package io.millrace.batchjob.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The fake of done lines. */
public final class InMemoryDoneLines implements DoneLines {

    private record Key(String job, long segment) {}

    private final Map<Key, Set<Long>> lines = new HashMap<>();
    private final Map<Key, Long> expected = new HashMap<>();
    private final Set<Key> counted = new HashSet<>();

    @Override
    public synchronized boolean add(String job, long segment, Collection<Long> numbers) {
        var key = new Key(job, segment);
        if (counted.contains(key)) {
            return false;
        }
        lines.computeIfAbsent(key, _ -> new HashSet<>()).addAll(numbers);
        return count(key);
    }

    @Override
    public synchronized boolean expect(String job, long segment, long number) {
        var key = new Key(job, segment);
        expected.put(key, number);
        return !counted.contains(key) && count(key);
    }

    private boolean count(Key key) {
        return lines.getOrDefault(key, Set.of()).size()
                        == expected.getOrDefault(key, (long) Job.SEGMENT)
                && counted.add(key);
    }

    @Override
    public synchronized long counted(String job) {
        return counted.stream()
                .filter(key -> key.job().equals(job))
                .mapToLong(key -> lines.get(key).size())
                .sum();
    }

    @Override
    public synchronized long noted(String job) {
        return lines.entrySet().stream()
                .filter(entry -> entry.getKey().job().equals(job))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }
}
