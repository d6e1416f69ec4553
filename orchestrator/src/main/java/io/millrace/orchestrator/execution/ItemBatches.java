package io.millrace.orchestrator.execution;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Items, bundled as ItemBatcher says. As with AWS it counts the bytes of what ItemSelector makes of
 * them (developer guide, "ItemBatcher").
 */
public final class ItemBatches {

    private final Iterator<MapItem> items;
    private final int maxItems;
    private final int maxBytes;
    private Optional<JsonNode> ahead = Optional.empty();
    private long position;

    /** What an iteration is given of an item, which has that index. */
    @FunctionalInterface
    public interface Selector {

        JsonNode select(MapItem item, long index);
    }

    /**
     * @param items from the position on
     * @param maxItems if absent a batch ends with its bytes
     * @param maxBytes if absent AWS's limit of a payload
     */
    public ItemBatches(
            Iterator<MapItem> items,
            long position,
            Optional<Integer> maxItems,
            Optional<Integer> maxBytes) {
        this.items = items;
        this.position = position;
        this.maxItems = maxItems.orElse(Integer.MAX_VALUE);
        this.maxBytes = maxBytes.orElse(Bounds.AWS_PAYLOAD);
    }

    /** How many items have been handed out. */
    public long position() {
        return position;
    }

    public boolean hasNext() {
        return ahead.isPresent() || items.hasNext();
    }

    /** What the items of the next batch are to its iteration: one of them at least. */
    public List<JsonNode> next(Selector selector) {
        var batch = new ArrayList<JsonNode>();
        var bytes = 0L;
        do {
            var input =
                    ahead.orElseGet(() -> selector.select(items.next(), position + batch.size()));
            ahead = Optional.empty();
            bytes += input.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes && !batch.isEmpty()) {
                ahead = Optional.of(input);
                break;
            }
            batch.add(input);
        } while (batch.size() < maxItems && hasNext());
        position += batch.size();
        return batch;
    }
}
