package io.millrace.batchjob;

import io.millrace.batchjob.job.Completion;
import io.millrace.batchjob.job.Outbox;
import io.millrace.batchjob.job.Outbox.Invalid;
import io.millrace.events.EventJson;
import io.millrace.events.InvalidEvent;
import io.millrace.events.WorkDone;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that tell of done lines, as they come from the queue. */
final class DoneMessages {

    private static final Logger log = LoggerFactory.getLogger(DoneMessages.class);

    private final Completion completion;
    private final Outbox outbox;
    private final EventJson json;
    private final String queue;

    DoneMessages(Completion completion, Outbox outbox, EventJson json, String queue) {
        this.completion = completion;
        this.outbox = outbox;
        this.json = json;
        this.queue = queue;
    }

    void accept(List<byte[]> messages) {
        var done = new ArrayList<WorkDone>();
        for (var message : messages) {
            try {
                done.add(json.read(message, WorkDone.class).data());
            } catch (InvalidEvent e) {
                log.error("a message of {} goes to the failures: {}", queue, e.getMessage());
                var body = new String(message, StandardCharsets.UTF_8);
                outbox.invalid(new Invalid(queue, body, e));
            }
        }
        completion.done(done);
    }
}
