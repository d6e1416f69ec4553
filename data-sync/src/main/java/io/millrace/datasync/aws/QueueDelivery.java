package io.millrace.datasync.aws;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.millrace.datasync.change.UnloadableRecord;
import io.millrace.datasync.poll.Delivery;
import io.millrace.datasync.stream.StreamSource.Change;
import io.millrace.events.Event;
import io.millrace.events.LoadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends a page as one collection, which the binder cuts into requests that are in flight together.
 * A record that is no load request goes whole to the failures, with the attributes that the binder
 * gives a message it has given up.
 */
public final class QueueDelivery implements Delivery {

    private static final Logger log = LoggerFactory.getLogger(QueueDelivery.class);

    private static final String LOAD = "load-out-0";
    private static final String FAILURES = "failures-out-0";

    private final Function<JsonNode, Event<LoadRequest>> recordChanged;
    private final MessageConverter events;
    private final StreamBridge bridge;
    private final ObservationRegistry observations;
    private final long maxBytes;

    /**
     * @param events writes events as messages, as part of the trace of the page
     * @param maxBytes the longest message that a queue takes
     */
    public QueueDelivery(
            Function<JsonNode, Event<LoadRequest>> recordChanged,
            MessageConverter events,
            StreamBridge bridge,
            ObservationRegistry observations,
            long maxBytes) {
        this.recordChanged = recordChanged;
        this.events = events;
        this.bridge = bridge;
        this.observations = observations;
        this.maxBytes = maxBytes;
    }

    @Override
    public void deliver(List<Change> records) {
        Observation.createNotStarted("millrace.data.sync.page", observations)
                .observe(() -> send(records));
    }

    private void send(List<Change> records) {
        var load = new ArrayList<Message<?>>();
        var failures = new ArrayList<Message<?>>();
        for (var record : records) {
            try {
                load.add(message(recordChanged.apply(record.json())));
            } catch (UnloadableRecord e) {
                log.error(
                        "record {} goes to the failures: {}",
                        record.sequenceNumber(),
                        e.getMessage());
                failures.add(failure(record.json(), e));
            }
        }
        send(LOAD, load);
        send(FAILURES, failures);
    }

    private Message<?> message(Event<LoadRequest> event) {
        var message = events.toMessage(event, null);
        if (message == null) {
            throw new IllegalStateException("the converter of events does not take events");
        }
        return message;
    }

    private Message<?> failure(JsonNode record, UnloadableRecord reason) {
        var text = record.toString();
        // Characters times three is never less than their bytes in UTF-8.
        var body = text.length() * 3L > maxBytes ? withoutImages(record).toString() : text;
        return MessageBuilder.withPayload(escaped(body))
                .setHeader("x-original-queue", record.path("eventSourceARN").asString(""))
                .setHeader("x-exception-type", UnloadableRecord.class.getName())
                .setHeader("x-exception-message", reason.getMessage())
                .build();
    }

    /** SQS refuses two characters that DynamoDB takes; in JSON they can be written otherwise. */
    private static String escaped(String json) {
        return json.replace("\uFFFE", "\\ufffe").replace("\uFFFF", "\\uffff");
    }

    private static JsonNode withoutImages(JsonNode record) {
        var copy = record.deepCopy();
        if (copy.path("dynamodb") instanceof ObjectNode change) {
            change.remove(List.of("NewImage", "OldImage"));
        }
        return copy;
    }

    private void send(String binding, List<Message<?>> messages) {
        if (!messages.isEmpty() && !bridge.send(binding, messages)) {
            throw new IllegalStateException("%s did not take the messages".formatted(binding));
        }
    }
}
