package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.SpanContexts;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Names, in every line that is logged meanwhile, the execution that it is about. */
final class LogContext implements AutoCloseable {

    private static final String EXECUTION = "executionArn";
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

    private LogContext() {}

    static LogContext of(String executionArn) {
        var context = new LogContext();
        MDC.put(EXECUTION, executionArn);
        return context;
    }

    /** Names its trace, too, where no span does. */
    static void add(Head head) {
        if (MDC.get(TRACE) == null) {
            SpanContexts.execution(head)
                    .map(context -> context.split("-", -1))
                    .ifPresent(parts -> {
                        MDC.put(TRACE, parts[1]);
                        MDC.put(SPAN, parts[2]);
                    });
        }
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}
