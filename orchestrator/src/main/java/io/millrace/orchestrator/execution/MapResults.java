package io.millrace.orchestrator.execution;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a WriterConfig makes of the children of a map run. */
public final class MapResults {

    private final Arns arns;

    public MapResults(Arns arns) {
        this.arns = arns;
    }

    /** Transformation NONE has everything about a child, the others what it has put out. */
    public ArrayNode transformed(JsonNode configuration, List<Head> ended) {
        var transformation = configuration.path("Transformation").asString("NONE");
        var results = JsonNodeFactory.instance.arrayNode(ended.size());
        for (var child : ended) {
            var output = child.output().map(Datum::node);
            if (transformation.equals("NONE") || output.isEmpty()) {
                results.add(execution(child));
            } else if (transformation.equals("FLATTEN") && output.get().isArray()) {
                output.get().forEach(results::add);
            } else {
                results.add(output.get());
            }
        }
        return results;
    }

    private ObjectNode execution(Head child) {
        var about =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ExecutionArn", arns.execution(child.id()))
                        .put("Input", child.input().text());
        about.putObject("InputDetails").put("Included", true);
        about.put("Name", child.id().name());
        child.output()
                .ifPresent(output -> {
                    about.put("Output", output.text());
                    about.putObject("OutputDetails").put("Included", true);
                });
        child.failure()
                .ifPresent(failure -> {
                    failure.reason().error().ifPresent(error -> about.put("Error", error));
                    failure.reason().cause().ifPresent(cause -> about.put("Cause", cause));
                });
        about.put("RedriveCount", child.redrives().count())
                .put(
                        "RedriveStatus",
                        child.status() == Status.SUCCEEDED
                                ? "NOT_REDRIVABLE"
                                : "REDRIVABLE_BY_MAP_RUN")
                .put("StartDate", child.startedAt().toString())
                .put("StateMachineArn", arns.stateMachine(child.id().stateMachine()))
                .put("Status", child.status().name());
        child.endedAt().ifPresent(at -> about.put("StopDate", at.toString()));
        return about;
    }
}
