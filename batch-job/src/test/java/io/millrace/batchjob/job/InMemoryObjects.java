package io.millrace.batchjob.job;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Objects of one bucket. */
public final class InMemoryObjects implements Objects {

    private final Map<String, byte[]> objects = new HashMap<>();

    public void put(String key, String text) {
        objects.put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    public void remove(String key) {
        objects.remove(key);
    }

    @Override
    public Optional<Found> find(String bucket, String key) {
        return Optional.ofNullable(objects.get(key))
                .map(bytes -> new Found("etag", bytes.length, ""));
    }

    @Override
    public InputStream open(Job.Source source, long offset) {
        var bytes = objects.get(source.key());
        if (bytes == null) {
            throw ObjectLost.gone(source, new IllegalStateException("404"));
        }
        var from = Math.toIntExact(offset);
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
    }
}
