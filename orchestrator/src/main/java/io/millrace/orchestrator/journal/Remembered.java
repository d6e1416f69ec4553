package io.millrace.orchestrator.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Texts that never change, the latest of them, by their keys. */
final class Remembered {

    private final int most;
    private final Map<String, String> texts = new HashMap<>();
    private final Deque<String> order = new ArrayDeque<>();
    private long size;

    /**
     * @param most how many characters at most
     */
    Remembered(int most) {
        this.most = most;
    }

    synchronized Optional<String> get(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    synchronized void put(String key, String text) {
        if (text.length() > most || texts.putIfAbsent(key, text) != null) {
            return;
        }
        order.add(key);
        size += text.length();
        while (size > most) {
            var oldest = texts.remove(order.remove());
            size -= oldest == null ? 0 : oldest.length();
        }
    }
}
