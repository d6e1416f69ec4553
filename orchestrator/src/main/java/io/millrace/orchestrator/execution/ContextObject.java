package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code $$} and {@code $states.context} show. */
final class ContextObject {

    private ContextObject() {}

    static JsonNode of(Run run, Frame frame) {
        var head = run.before();
        var arns = run.engine().arns();
        var context = JsonNodeFactory.instance.objectNode();
        var execution = context.putObject("Execution");
        execution
                .put("Id", arns.execution(head.id()))
                .set("Input", head.input().node())
                .put("StartTime", time(head.startedAt()))
                .put("Name", head.id().givenName())
                .put("RoleArn", head.roleArn())
                .put("RedriveCount", run.redrives().count());
        run.redrives().at().ifPresent(at -> execution.put("RedriveTime", time(at)));
        context.putObject("StateMachine")
                .put("Id", arns.stateMachine(head.id().stateMachine()))
                .put("Name", head.id().stateMachine());
        state(context, run.state(frame), frame.visit());
        nearestIteration(run, frame, context);
        return context;
    }

    /**
     * What an ItemSelector sees.
     *
     * @param item what {@link MapItem#inContext} says of it
     */
    static JsonNode ofItem(Run run, Frame map, JsonNode item) {
        var context = (ObjectNode) of(run, map);
        put(context, item);
        return context;
    }

    static Scope withToken(Scope scope, String token) {
        var context = (ObjectNode) scope.context().deepCopy();
        context.putObject("Task").put("Token", token);
        return new Scope(scope.input(), context, scope.variables());
    }

    private static void state(ObjectNode context, State state, Visit visit) {
        var about =
                context.putObject("State")
                        .put("Name", state.name())
                        .put("EnteredTime", time(visit.enteredAt()));
        switch (state) {
            case State.Task _, State.Parallel _, State.MapState _ ->
                    about.put("RetryCount", visit.retryCount());
            // What cannot be retried has no count.
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private static void nearestIteration(Run run, Frame frame, ObjectNode context) {
        var at = frame;
        while (at.parent().isPresent()) {
            var parent = run.frame(at.parent().get());
            if (run.state(parent) instanceof State.MapState
                    && parent.waiting() instanceof Waiting.Children(var fork)) {
                var item = MapItem.of(fork.items().get(at.index()).node());
                put(context, item.inContext(at.index(), MapItem.STATE_DATA));
                return;
            }
            at = parent;
        }
    }

    private static void put(ObjectNode context, JsonNode item) {
        context.putObject("Map").set("Item", item);
    }

    /** With as many digits of the second as it takes: none, or three. */
    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
