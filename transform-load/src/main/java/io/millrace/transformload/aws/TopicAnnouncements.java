package io.millrace.transformload.aws;

import io.millrace.events.Event;
import io.millrace.events.ResultStored;
import io.millrace.transformload.result.Announcements;
import io.millrace.transformload.result.Stored;
import java.net.URI;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;

/** Announcements on the topic, with id and kind as attributes for filter policies. */
public final class TopicAnnouncements implements Announcements {

    private static final String BINDING = "announcements-out-0";

    private final StreamBridge bridge;
    private final URI source;

    public TopicAnnouncements(StreamBridge bridge, URI source) {
        this.bridge = bridge;
        this.source = source;
    }

    @Override
    public void announce(Stored stored) {
        var result = stored.result();
        var archived = stored.archived();
        var data = new ResultStored(result.kind(), result.id(), archived.bucket(), archived.key());
        var message =
                MessageBuilder.withPayload(Event.of(result.id(), source, result.time(), data))
                        .setHeader("eventId", result.id())
                        .setHeader("kind", result.kind())
                        .build();
        if (!bridge.send(BINDING, message)) {
            throw new IllegalStateException("%s was not announced".formatted(result.id()));
        }
    }
}
