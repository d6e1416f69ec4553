package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.EventType;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.express.HistoryLog;
import io.millrace.orchestrator.workflow.Logging;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the log as Step Functions writes them to CloudWatch Logs, a line of JSON each.
 */
final class LoggedHistory implements HistoryLog {

    private static final Logger LOG = LoggerFactory.getLogger("millrace.executions");

    /** Step Functions developer guide, "Log levels for Step Functions execution events". */
    private static final Set<EventType> FATAL =
            Set.of(
                    EventType.EXECUTION_ABORTED,
                    EventType.EXECUTION_FAILED,
                    EventType.EXECUTION_TIMED_OUT);

    private final Arns arns;
    private final HistoryView views = new HistoryView();

    LoggedHistory(Arns arns) {
        this.arns = arns;
    }

    @Override
    public void write(ExecutionId id, List<HistoryEvent> events, Logging logging) {
        events.stream()
                .filter(event -> isWanted(event.type(), logging.level()))
                .map(event -> line(id, event, logging.data()))
                .forEach(LOG::info);
    }

    private static boolean isWanted(EventType type, Logging.Level level) {
        return switch (level) {
            case ALL -> true;
            case ERROR -> FATAL.contains(type) || isError(type);
            case FATAL -> FATAL.contains(type);
            case OFF -> false;
        };
    }

    private static boolean isError(EventType type) {
        return type == EventType.FAIL_STATE_ENTERED
                || type.name().endsWith("_FAILED")
                || type.name().endsWith("_TIMED_OUT")
                || type.name().endsWith("_ABORTED");
    }

    private String line(ExecutionId id, HistoryEvent event, boolean data) {
        var view = views.view(event, data);
        var line =
                Json.object().put("id", Long.toString(event.id())).put("type", event.type().text());
        view.forEachEntry((name, value) -> {
            if (name.endsWith("EventDetails")) {
                line.set("details", value);
            }
        });
        return line.put("previous_event_id", Long.toString(event.previous()))
                .put("event_timestamp", Long.toString(event.time().toEpochMilli()))
                .put("execution_arn", arns.execution(id))
                .toString();
    }
}
