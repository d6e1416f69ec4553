package io.millrace.batchjob.job;

import io.millrace.batchjob.job.Outbox.Failure;
import io.millrace.batchjob.job.Outbox.Unreadable;
import io.millrace.batchjob.lines.Line;
import io.millrace.batchjob.lines.Lines;
import io.millrace.batchjob.lines.UnreadableObject;
import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.WorkItem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a job's object page by page: sends the lines of a page, then notes the place. A crash in
 * between repeats a page, with the same ids.
 */
public final class Reader {

    private static final Logger log = LoggerFactory.getLogger(Reader.class);

    private final Jobs jobs;
    private final Objects objects;
    private final Outbox outbox;
    private final Completion completion;
    private final ReaderSettings settings;
    private final URI source;
    private final InstantSource clock;

    public Reader(
            Jobs jobs,
            Objects objects,
            Outbox outbox,
            Completion completion,
            ReaderSettings settings,
            URI source,
            InstantSource clock) {
        this.jobs = jobs;
        this.objects = objects;
        this.outbox = outbox;
        this.completion = completion;
        this.settings = settings;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Reads on where a job was left, to its end or until it is told to stop.
     *
     * @param held the job, which this replica holds
     */
    public void read(Job held, BooleanSupplier stop) {
        if (held.reading().finished()) {
            completion.finished(held);
            return;
        }
        try {
            pages(held, stop);
        } catch (ObjectLost | UnreadableObject e) {
            fail(held, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "job {} is read on in {} after a failure", held.id(), settings.retryAfter(), e);
            leave(held, settings.retryAfter());
        }
    }

    private void pages(Job held, BooleanSupplier stop) throws IOException {
        var reading = held.reading();
        var lines =
                Lines.open(
                        held.source().format(),
                        offset -> objects.open(held.source(), offset),
                        reading.place(),
                        settings.maxLineBytes());
        while (!stop.getAsBoolean()) {
            var page = lines.next(settings.pageSize());
            reading = page.isEmpty() ? reading.end() : send(held, reading, page);
            if (!jobs.advance(held, reading, clock.instant().plus(settings.lease()))) {
                log.info("job {} is not for this replica to read any more", held.id());
                return;
            }
            if (reading.finished()) {
                log.info("job {} is read: {} lines", held.id(), reading.place().records());
                completion.finished(jobs.find(held.id()).orElse(held));
                return;
            }
        }
        leave(held, Duration.ZERO);
    }

    /** Sends a page; returns how far the object is read with it. */
    private Job.Reading send(Job job, Job.Reading before, List<Line> page) {
        var items = new ArrayList<Event<WorkItem>>();
        var failures = new ArrayList<Failure>();
        var failed = new TreeSet<Long>();
        for (var line : page) {
            switch (line) {
                case Line.Item(var number, _, var item) -> items.add(event(job, number, item));
                case Line.Malformed malformed -> {
                    failures.add(failure(job, malformed));
                    failed.add(malformed.number());
                }
            }
        }
        outbox.items(items);
        outbox.malformed(failures);
        completion.note(job.id(), failed);
        return before.past(page.getLast().next(), failed.size());
    }

    private Failure failure(Job job, Line.Malformed line) {
        var text = JsonNodeFactory.instance.stringNode(line.text());
        var reason =
                "job %s, record %d, line %d of %s: %s"
                        .formatted(
                                job.id(),
                                line.number(),
                                line.physical(),
                                job.source().address(),
                                line.reason());
        return new Failure(event(job, line.number(), text), job.source().address(), reason);
    }

    private Event<WorkItem> event(Job job, long line, JsonNode item) {
        return Event.of(
                EventIds.workItem(job.id(), line),
                source,
                job.createdAt(),
                new WorkItem(job.id(), line, item));
    }

    private void fail(Job held, String reason) {
        log.error("job {} failed: {}", held.id(), reason);
        var from = held.source();
        outbox.unreadable(new Unreadable(held.id(), from.bucket(), from.key(), reason));
        jobs.fail(held, reason, clock.instant());
    }

    /** Lets others, or this replica later, go on after a while. */
    private void leave(Job held, Duration after) {
        jobs.find(held.id())
                .map(Job::reading)
                .or(() -> Optional.of(held.reading()))
                .ifPresent(reading -> jobs.advance(held, reading, clock.instant().plus(after)));
    }
}
