package io.millrace.orchestrator.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The W3C contexts of the spans of executions and their states. The ids follow from what the
 * journal keeps: whoever moves an execution knows them, and a span that ends after months needs no
 * memory meanwhile.
 */
public final class SpanContexts {

    private static final int SPAN_ID_BYTES = 8;

    private SpanContexts() {}

    /** The context of an execution's span, if it belongs to a trace; of its latest redrive's. */
    public static Optional<String> execution(Head head) {
        return head.trace()
                .map(trace -> within(trace, executionSpan(head, head.redrives().count())));
    }

    /** The context of the span of the state that a frame stands in. */
    public static Optional<String> state(Head head, String frame) {
        return head.frames().stream()
                .filter(each -> each.id().equals(frame))
                .map(Frame::visit)
                .filter(visit -> visit.enteredEvent() > 0)
                .findFirst()
                .map(visit -> head.trace().map(trace -> within(trace, stateSpan(head.id(), visit))))
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

    private static String within(String trace, String span) {
        var parts = trace.split("-", -1);
        return String.join("-", parts[0], parts[1], span, parts[3]);
    }

    private static String id(String name) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SPAN_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
