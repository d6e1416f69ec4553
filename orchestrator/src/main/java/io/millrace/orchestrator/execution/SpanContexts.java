package io.millrace.orchestrator.execution;

import io.millrace.events.EventIds;
import io.millrace.events.TraceParent;
import java.util.Optional;

/**
 * The W3C contexts of the spans of executions and their states. The ids follow from what the
 * journal keeps: whoever moves an execution knows them, and a span that ends after months needs no
 * memory meanwhile.
 */
public final class SpanContexts {

    private static final int SPAN_ID_DIGITS = 16;

    private SpanContexts() {}

    /** The context of an execution's span, if it belongs to a trace; of its latest redrive's. */
    public static Optional<String> execution(Head head) {
        return context(head, executionSpan(head, head.redrives().count()));
    }

    /** The context of the span of the state that a frame stands in. */
    public static Optional<String> state(Head head, String frame) {
        return head.frames().stream()
                .filter(each -> each.id().equals(frame))
                .map(Frame::visit)
                .filter(visit -> visit.enteredEvent() > 0)
                .findFirst()
                .map(visit -> context(head, stateSpan(head.id(), visit)))
                .orElseGet(() -> execution(head));
    }

    /**
     * The id of an execution's span.
     *
     * @param redrives how often it was redriven: each time it goes on is a span
     */
    public static String executionSpan(Head head, int redrives) {
        return id("%s/%s/%d".formatted(head.id().text(), head.startedAt(), redrives));
    }

    /** The id of the span of a stay in a state. */
    public static String stateSpan(ExecutionId execution, Visit visit) {
        return id("%s#%d/%s".formatted(execution.text(), visit.enteredEvent(), visit.enteredAt()));
    }

    private static Optional<String> context(Head head, String span) {
        return head.trace().flatMap(TraceParent::parse).map(trace -> trace.withSpan(span).value());
    }

    private static String id(String name) {
        return EventIds.hash(name).substring(0, SPAN_ID_DIGITS);
    }
}
