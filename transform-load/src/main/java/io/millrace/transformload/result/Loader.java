package io.millrace.transformload.result;

import io.millrace.transformload.mapping.Mappings;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Stores, archives and announces a result, in this order. Each step is keyed by the id, so the
 * whole may be repeated from the start after a crash anywhere. That the item is there already means
 * that an earlier try came so far, not that it came to the end: what follows is done again.
 */
public final class Loader {

    private final Mappings mappings;
    private final Gathering gathering;
    private final Announcements announcements;

    public Loader(Mappings mappings, Gathering gathering, Announcements announcements) {
        this.mappings = mappings;
        this.gathering = gathering;
        this.announcements = announcements;
    }

    /**
     * Brings a payload home.
     *
     * @throws io.millrace.transformload.mapping.MappingFailed if no mapping applies to it
     */
    public void load(String id, String kind, Instant time, JsonNode payload) {
        var result = new Result(id, kind, time, mappings.document(kind, payload));
        announcements.announce(gathering.store(result));
    }
}
