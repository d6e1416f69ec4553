package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads part of a history from where it lies: chunks, then the head. */
public final class HistoryRange {

    private HistoryRange() {}

    /** The events whose ids are from and to those given, both included. */
    public static List<HistoryEvent> read(Journal journal, Head head, long from, long to) {
        var events = new ArrayList<HistoryEvent>();
        for (var chunk : head.chunks()) {
            if (chunk.firstEvent() <= to && chunk.firstEvent() + chunk.count() > from) {
                events.addAll(journal.events(head.id(), chunk));
            }
        }
        events.addAll(head.latest());
        events.removeIf(event -> event.id() < from || event.id() > to);
        return events;
    }
}
