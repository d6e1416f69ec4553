package io.millrace.streambinderaws.consumer;

import io.millrace.streambinderaws.payload.PayloadReference;
import io.millrace.streambinderaws.payload.PayloadStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Fetches the payloads that messages only refer to. A failed message goes to the dead letters as it
 * came, with the reference.
 */
final class References {

    private final PayloadStore store;
    private final @Nullable String bucket;

    /**
     * @param bucket where payloads may lie; null for none. Whoever may send to the queue would
     *     otherwise have this application read whatever it may read
     */
    References(PayloadStore store, @Nullable String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /** The message with its payload, wherever that lies. */
    Message<byte[]> resolved(Message<byte[]> message) {
        if (bucket == null) {
            return message;
        }
        var place =
                PayloadReference.parse(new String(message.getPayload(), StandardCharsets.UTF_8))
                        .filter(each -> each.bucket().equals(bucket));
        return place.isEmpty()
                ? message
                : MessageBuilder.withPayload(
                                store.get(place.get()).getBytes(StandardCharsets.UTF_8))
                        .copyHeaders(message.getHeaders())
                        // Of what is sent on it would not be true.
                        .removeHeader(PayloadReference.SIZE_ATTRIBUTE)
                        .build();
    }

    /** Has those handled whose payloads are there; each of the others fails for its own reason. */
    void resolve(List<Message<byte[]>> batch, Consumer<List<Message<byte[]>>> handler) {
        var there = new TreeMap<Integer, Message<byte[]>>();
        var failures = new HashMap<Integer, Throwable>();
        for (var place = 0; place < batch.size(); place++) {
            try {
                there.put(place, resolved(batch.get(place)));
            } catch (RuntimeException e) {
                failures.put(place, e);
            }
        }
        if (failures.isEmpty()) {
            handler.accept(List.copyOf(there.values()));
            return;
        }
        if (!there.isEmpty()) {
            failures.putAll(failures(there, handler));
        }
        throw BatchPartlyFailed.at(failures);
    }

    private static Map<Integer, Throwable> failures(
            SortedMap<Integer, Message<byte[]>> messages, Consumer<List<Message<byte[]>>> handler) {
        try {
            handler.accept(List.copyOf(messages.values()));
            return Map.of();
        } catch (RuntimeException e) {
            var places = List.copyOf(messages.keySet());
            return BatchPartlyFailed.in(e)
                    .map(partly -> moved(partly.failures(), places))
                    .orElseGet(() ->
                            places.stream().collect(Collectors.toMap(place -> place, _ -> e)));
        }
    }

    private static Map<Integer, Throwable> moved(
            Map<Integer, Throwable> failures, List<Integer> places) {
        return failures.entrySet().stream()
                .collect(Collectors.toMap(each -> places.get(each.getKey()), Map.Entry::getValue));
    }
}
