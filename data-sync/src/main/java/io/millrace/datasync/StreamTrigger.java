package io.millrace.datasync;

import io.millrace.datasync.poll.Delivery;
import io.millrace.datasync.stream.StreamSource.Change;
import io.millrace.lambdaadapter.Deadline;
import io.millrace.lambdaadapter.LambdaTrigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * A page of the table's stream, from AWS (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
 * DynamoDB"). The records of a page are accepted together: if not, AWS brings it again.
 */
@Component
@Profile("lambda")
class StreamTrigger implements LambdaTrigger {

    private static final Logger log = LoggerFactory.getLogger(StreamTrigger.class);

    private final Delivery delivery;

    StreamTrigger(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public boolean takes(JsonNode event) {
        return event.at("/Records/0/eventSource").asString("").equals("aws:dynamodb");
    }

    @Override
    public Object handle(JsonNode event, Deadline deadline) {
        var changes = event.path("Records").values().stream().map(StreamTrigger::change).toList();
        try {
            delivery.deliver(changes);
            return Map.of("batchItemFailures", List.of());
        } catch (RuntimeException e) {
            var first = changes.getFirst().sequenceNumber();
            log.warn("{} records from {} on were not delivered", changes.size(), first, e);
            return Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", first)));
        }
    }

    private static Change change(JsonNode item) {
        var at = item.at("/dynamodb/ApproximateCreationDateTime").decimalValue(BigDecimal.ZERO);
        return new Change(
                item.at("/dynamodb/SequenceNumber").asString(),
                Instant.ofEpochMilli(at.movePointRight(3).longValue()),
                item);
    }
}
