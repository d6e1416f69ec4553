package io.millrace.streambinderaws.consumer;

import io.micrometer.observation.Observation;
import java.util.List;
import org.springframework.messaging.MessageHeaders;

/** The handling of a batch, whose messages may come from as many traces. */
public final class BatchContext extends Observation.Context {

    private final List<MessageHeaders> headers;

    BatchContext(List<MessageHeaders> headers) {
        this.headers = List.copyOf(headers);
    }

    /** The headers of each of its messages. */
    public List<MessageHeaders> headers() {
        return headers;
    }
}
