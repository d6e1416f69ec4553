package io.millrace.orchestrator.teststate;

import io.millrace.orchestrator.execution.ItemBatches;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.stateslanguage.evaluate.Distributed;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.util.List;
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
    static ArrayNode batched(List<MapItem> items, ArrayNode selected, Distributed.Batches batches) {
        var all = JsonNodeFactory.instance.arrayNode();
        var bundles = new ItemBatches(items.iterator(), 0, batches.maxItems(), batches.maxBytes());
        while (bundles.hasNext()) {
            var inputs = bundles.next((_, index) -> selected.get(Math.toIntExact(index)));
            all.add(MapItem.batch(batches.input(), inputs));
        }
        return all;
    }
}
