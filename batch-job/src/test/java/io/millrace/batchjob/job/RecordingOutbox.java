package io.millrace.batchjob.job;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.WorkItem;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was sent, and fails when a test says so. */
public final class RecordingOutbox implements Outbox {

    public final List<Event<WorkItem>> items = new ArrayList<>();
    public final List<Failure> failures = new ArrayList<>();
    public final List<Event<BatchCompleted>> completed = new ArrayList<>();
    public final List<Unreadable> unreadable = new ArrayList<>();
    public final List<Invalid> invalid = new ArrayList<>();

    /** The call, counted from now, that dies before it has sent anything; 0 for none. */
    public int diesAt;

    @Override
    public void items(List<Event<WorkItem>> more) {
        live();
        items.addAll(more);
    }

    @Override
    public void malformed(List<Failure> more) {
        failures.addAll(more);
    }

    @Override
    public void completed(Event<BatchCompleted> event) {
        live();
        completed.add(event);
    }

    @Override
    public void unreadable(Unreadable object) {
        unreadable.add(object);
    }

    @Override
    public void invalid(Invalid message) {
        invalid.add(message);
    }

    private void live() {
        if (diesAt > 0 && --diesAt == 0) {
            throw new IllegalStateException("the queue is away");
        }
    }
}
