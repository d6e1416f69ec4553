package io.millrace.statestestkit;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapResults;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Waiting;
import io.millrace.orchestrator.wakeup.MapRunData;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The items that distributed Maps read, mocked, and the results that they write, kept nowhere. */
final class MapData implements MapRunData {

    private final MapResults results;
    private final Map<String, JsonNode> items;
    private final Supplier<Collection<Head>> heads;

    MapData(Arns arns, Map<String, JsonNode> items, Supplier<Collection<Head>> heads) {
        this.results = new MapResults(arns);
        this.items = items;
        this.heads = heads;
    }

    @Override
    public Iterator<MapItem> read(MapRun.Service reader) {
        var state = heads.get().stream().flatMap(head -> readBy(head, reader)).findFirst();
        return MapItem.in(
                state.flatMap(name -> Optional.ofNullable(items.get(name)))
                        .orElseThrow(() ->
                                new AssertionError(
                                        """
                                        The ItemReader of state '%s' reads %s from %s and nothing answers for it. Say what it reads by
                                          .mockItems("%1$s", List.of(…))\
                                        """
                                                .formatted(
                                                        state.orElse("?"),
                                                        reader.arguments(),
                                                        reader.resource()))));
    }

    /** The Map states of an execution that wait for what is read so. */
    private static Stream<String> readBy(Head head, MapRun.Service reader) {
        return head.frames().stream()
                .filter(frame ->
                        frame.waiting() instanceof Waiting.Distributed(var event)
                                && head.mapRun(event)
                                        .flatMap(MapRun::reader)
                                        .equals(Optional.of(reader)))
                .map(frame -> frame.state());
    }

    /** As Step Functions answers when it has exported the results to S3. */
    @Override
    public Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
        if (writer.resource().isEmpty()) {
            return Datum.of(results.transformed(writer.configuration().node(), children.toList()));
        }
        var arguments = writer.arguments().node();
        var prefix = arguments.path("Prefix").asString("");
        var output = JsonNodeFactory.instance.objectNode().put("MapRunArn", mapRunArn);
        output.putObject("ResultWriterDetails")
                .put("Bucket", arguments.path("Bucket").asString(""))
                .put(
                        "Key",
                        (prefix.isEmpty() ? "" : prefix + "/")
                                + mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1)
                                + "/manifest.json");
        return Datum.of(output);
    }
}
