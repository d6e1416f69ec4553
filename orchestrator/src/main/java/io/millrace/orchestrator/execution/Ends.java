package io.millrace.orchestrator.execution;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the children of a map run have ended.
 *
 * @param children how many, by status
 * @param items how many items those had
 * @param refused how many failed and could not be redriven
 * @param refusedItems how many items those had
 */
public record Ends(
        Map<Status, Integer> children, Map<Status, Long> items, int refused, long refusedItems) {

    static final Ends NONE = new Ends(Map.of(), Map.of(), 0, 0);

    public Ends {
        children = copy(children);
        items = copy(items);
    }

    private static <N> Map<Status, N> copy(Map<Status, N> counts) {
        var copy = new EnumMap<Status, N>(Status.class);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    Ends with(Status how, long itsItems) {
        var moreChildren = new EnumMap<Status, Integer>(Status.class);
        moreChildren.putAll(children);
        moreChildren.merge(how, 1, Integer::sum);
        var moreItems = new EnumMap<Status, Long>(Status.class);
        moreItems.putAll(items);
        moreItems.merge(how, itsItems, Long::sum);
        return new Ends(moreChildren, moreItems, refused, refusedItems);
    }

    /** One more, which an earlier attempt left behind and this one could not go on with. */
    Ends withEarlier(Status how, long itsItems) {
        var more = with(how, itsItems);
        return how == Status.SUCCEEDED
                ? more
                : new Ends(more.children, more.items, refused + 1, refusedItems + itsItems);
    }

    public long children(Status how) {
        return children.getOrDefault(how, 0);
    }

    public long items(Status how) {
        return items.getOrDefault(how, 0L);
    }

    /** How many items were not handled. */
    long failedItems() {
        return items.values().stream().mapToLong(Long::longValue).sum() - items(Status.SUCCEEDED);
    }
}
