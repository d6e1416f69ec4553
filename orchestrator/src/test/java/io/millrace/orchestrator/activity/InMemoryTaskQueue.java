package io.millrace.orchestrator.activity;

import java.util.List;
import java.util.TreeMap;

/** A queue that lasts as long as the test. */
public final class InMemoryTaskQueue implements TaskQueue {

    private final TreeMap<String, QueuedTask> tasks = new TreeMap<>();

    @Override
    public synchronized void add(QueuedTask task) {
        tasks.putIfAbsent(key(task), task);
    }

    @Override
    public synchronized List<QueuedTask> first(String activity, int limit) {
        return tasks.values().stream()
                .filter(task -> task.activity().equals(activity))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean replace(QueuedTask task) {
        var before = tasks.get(key(task));
        if (before == null || before.version() != task.version() - 1) {
            return false;
        }
        tasks.put(key(task), task);
        return true;
    }

    @Override
    public synchronized Removal remove(QueuedTask task) {
        var before = tasks.get(key(task));
        if (before == null) {
            return Removal.ABSENT;
        }
        if (before.version() != task.version()) {
            return Removal.CHANGED;
        }
        tasks.remove(key(task));
        return Removal.DONE;
    }

    private static String key(QueuedTask task) {
        return task.activity() + "/" + task.position();
    }
}
