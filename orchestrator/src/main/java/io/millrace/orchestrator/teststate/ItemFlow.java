package io.millrace.orchestrator.teststate;

import io.millrace.orchestrator.execution.MapItem;
import io.millrace.stateslanguage.evaluate.Distributed;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes the items of a Map state to what its iterations are given. */
record ItemFlow(StateEvaluator evaluator, State.MapState map, Scope scope) {

    /** The items as ItemSelector makes them. */
    ArrayNode selected(List<MapItem> items) {
        var selected = JsonNodeFactory.instance.arrayNode(items.size());
        for (var index = 0; index < items.size(); index++) {
            var item = items.get(index);
            var context = (ObjectNode) scope.context().deepCopy();
            context.putObject("Map").set("Item", item.inContext(index, MapItem.STATE_DATA));
            var seen = new Scope(scope.input(), context, scope.variables());
            selected.add(evaluator.iterationInput(map, seen, item.input()));
        }
        return selected;
    }

    /** The items as ItemBatcher bundles them. */
    static ArrayNode batched(ArrayNode items, Distributed.Batches batches) {
        var all = JsonNodeFactory.instance.arrayNode();
        var batch = new ArrayList<JsonNode>();
        var bytes = 0L;
        for (var item : items) {
            var size = item.toString().getBytes(StandardCharsets.UTF_8).length;
            if (!batch.isEmpty() && isFull(batches, batch.size(), bytes + size)) {
                all.add(MapItem.batch(batches.input(), batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(item);
            bytes += size;
        }
        return batch.isEmpty() ? all : all.add(MapItem.batch(batches.input(), batch));
    }

    private static boolean isFull(Distributed.Batches batches, int items, long bytesWithNext) {
        return batches.maxItems().filter(most -> items >= most).isPresent()
                || batches.maxBytes().filter(most -> bytesWithNext > most).isPresent();
    }
}
