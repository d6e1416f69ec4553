package io.millrace.localcloud.topics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What FIFO topics received in the last five minutes, by deduplication id (Amazon SNS Developer
 * Guide, "Message deduplication for FIFO topics"). A restart forgets it.
 */
final class Repetitions {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final LinkedHashMap<Key, Seen> seen = new LinkedHashMap<>();
    private final InstantSource clock;

    private record Key(String topicArn, String group, String deduplication) {}

    private record Seen(Receipt receipt, Instant until) {}

    Repetitions(InstantSource clock) {
        this.clock = clock;
    }

    /** Remembers a message, unless it repeats one: then the answer is that one's receipt. */
    synchronized Optional<Receipt> repeated(Topic topic, Publication publication, Receipt receipt) {
        forgetOld();
        var fresh = new Seen(receipt, clock.instant().plus(INTERVAL));
        return Optional.ofNullable(seen.putIfAbsent(key(topic, publication), fresh))
                .map(Seen::receipt);
    }

    private static Key key(Topic topic, Publication publication) {
        var perGroup = "MessageGroup".equals(topic.attributes().get("FifoThroughputScope"));
        return new Key(
                topic.arn(),
                perGroup ? publication.group().orElse("") : "",
                publication.deduplication().orElse(""));
    }

    private void forgetOld() {
        var now = clock.instant();
        var oldest = seen.entrySet().iterator();
        while (oldest.hasNext() && oldest.next().getValue().until().isBefore(now)) {
            oldest.remove();
        }
    }
}
