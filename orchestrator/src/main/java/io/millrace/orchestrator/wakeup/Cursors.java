package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ItemBatches;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the readers of map runs stand, so that a page need not begin at the first item. */
final class Cursors {

    /** More map runs than that at once have to read from the start. */
    private static final int MOST = 100;

    private static final Optional<Integer> ONE_AT_A_TIME = Optional.of(1);

    private final MapRunData data;
    private final Map<String, ItemBatches> kept = new ConcurrentHashMap<>();

    Cursors(MapRunData data) {
        this.data = data;
    }

    /** A cursor at the position of a map run. */
    ItemBatches take(String mapRunArn, MapRun mapRun) {
        var known = kept.remove(mapRunArn);
        return known != null && known.position() == mapRun.position() ? known : open(mapRun);
    }

    private ItemBatches open(MapRun mapRun) {
        var items =
                mapRun.reader()
                        .map(data::read)
                        .orElseGet(() -> MapItem.in(mapRun.items().orElseThrow().node()));
        var position = 0L;
        while (position < mapRun.position() && items.hasNext()) {
            items.next();
            position++;
        }
        return new ItemBatches(
                items,
                position,
                mapRun.batches().map(MapRun.Batches::maxItems).orElse(ONE_AT_A_TIME),
                mapRun.batches().flatMap(MapRun.Batches::maxBytes));
    }

    void keep(String mapRunArn, ItemBatches cursor) {
        if (cursor.hasNext() && kept.size() < MOST) {
            kept.put(mapRunArn, cursor);
        }
    }
}
