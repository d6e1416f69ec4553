package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.groups.Alarms;
import io.millrace.errorhandler.groups.FailureGroup;
import io.millrace.events.Event;
import io.millrace.events.FailureAlarm;
import java.net.URI;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;

/** Alarms on the topic, with group and error as attributes for filter policies. */
public final class TopicAlarms implements Alarms {

    private static final String BINDING = "alarms-out-0";

    private final StreamBridge bridge;
    private final URI source;

    public TopicAlarms(StreamBridge bridge, URI source) {
        this.bridge = bridge;
        this.source = source;
    }

    @Override
    public void raise(FailureGroup group) {
        var alike = group.alike();
        var id = "alarm/%s/%s".formatted(alike.id(), group.alarm().at());
        var data =
                new FailureAlarm(
                        alike.id(),
                        alike.origin(),
                        alike.state(),
                        alike.error(),
                        group.alarm().since(),
                        group.alarm().count(),
                        group.firstSeen(),
                        group.lastSeen(),
                        group.sample());
        var message =
                MessageBuilder.withPayload(Event.of(id, source, group.alarm().at(), data))
                        .setHeader("eventId", id)
                        .setHeader("kind", "failures")
                        .setHeader("error", alike.error())
                        .build();
        if (!bridge.send(BINDING, message)) {
            throw new IllegalStateException("%s was not published".formatted(id));
        }
    }
}
