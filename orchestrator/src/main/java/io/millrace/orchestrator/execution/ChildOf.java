package io.millrace.orchestrator.execution;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The place of an execution that a distributed Map has begun.
 *
 * @param execution the one with the Map state
 * @param mapRun the id of the event by which the map run started
 * @param index its place among the children
 * @param items how many items it has
 */
public record ChildOf(ExecutionId execution, long mapRun, int index, int items) implements Parent {

    /** The id of a child: the same whenever, and by whomever, it is begun. */
    public static ExecutionId id(ExecutionId execution, MapRun run, int index) {
        var unique = "%s#%d#%d".formatted(execution.text(), run.event(), index);
        return new ExecutionId(
                execution.stateMachine() + "/" + run.label(),
                UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
