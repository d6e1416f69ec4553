package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the readers of map runs stand, so that a page need not begin at the first item. */
final class Cursors {

    /** More map runs than that at once have to read from the start. */
    private static final int MOST = 100;

    private final MapRunData data;
    private final Map<String, Cursor> kept = new ConcurrentHashMap<>();

    Cursors(MapRunData data) {
        this.data = data;
    }

    /** A cursor at the position of a map run. */
    Cursor take(String mapRunArn, MapRun mapRun) {
        var known = kept.remove(mapRunArn);
        return known != null && known.position == mapRun.position() ? known : open(mapRun);
    }

    private Cursor open(MapRun mapRun) {
        var items =
                mapRun.reader()
                        .map(data::read)
                        .orElseGet(() -> MapItem.in(mapRun.items().orElseThrow().node()));
        var cursor = new Cursor(items, mapRun.batches());
        while (cursor.position < mapRun.position() && items.hasNext()) {
            items.next();
            cursor.position++;
        }
        return cursor;
    }

    void keep(String mapRunArn, Cursor cursor) {
        if (cursor.hasNext() && kept.size() < MOST) {
            kept.put(mapRunArn, cursor);
        }
    }

    /** Items, bundled as the state says. */
    static final class Cursor {
        private final Iterator<MapItem> items;
        private final Optional<MapRun.Batches> batches;
        private Optional<MapItem> ahead = Optional.empty();
        private long position;

        private Cursor(Iterator<MapItem> items, Optional<MapRun.Batches> batches) {
            this.items = items;
            this.batches = batches;
        }

        /** How many items have been handed out. */
        long position() {
            return position;
        }

        boolean hasNext() {
            return ahead.isPresent() || items.hasNext();
        }

        /** The items of the next child. */
        List<MapItem> next() {
            var bundle = new ArrayList<MapItem>();
            bundle.add(item());
            var most = batches.flatMap(MapRun.Batches::maxItems).orElse(most());
            var bytes = size(bundle.getFirst());
            while (bundle.size() < most && hasNext()) {
                var item = item();
                bytes += size(item);
                if (bytes > maxBytes()) {
                    ahead = Optional.of(item);
                    break;
                }
                bundle.add(item);
            }
            position += bundle.size();
            return bundle;
        }

        private MapItem item() {
            var next = ahead.orElseGet(items::next);
            ahead = Optional.empty();
            return next;
        }

        /**
         * Without a number of items a batch ends with its bytes; without batches, with one item.
         */
        private int most() {
            return batches.flatMap(MapRun.Batches::maxBytes).isPresent() ? Integer.MAX_VALUE : 1;
        }

        /** AWS's limit holds for batches that have none of their own. */
        private long maxBytes() {
            return batches.flatMap(MapRun.Batches::maxBytes).orElse(Bounds.AWS_PAYLOAD);
        }

        private static long size(MapItem item) {
            return item.input().toString().getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
