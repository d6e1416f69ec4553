package io.millrace.errorhandler.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where groups are kept, and which failures are counted in them. */
public interface GroupStore {

    /** What became of a write. */
    enum Written {
        /** The failure is counted. */
        COUNTED,
        /** It had been counted before; nothing has changed. */
        KNOWN,
        /** Somebody else has changed the group meanwhile; nothing has changed. */
        OVERTAKEN
    }

    /** The group as it is now. */
    Optional<FailureGroup> find(String id);

    /**
     * Counts a failure, all or nothing.
     *
     * @param recordId the failure's record; each counts once in a group
     * @param before the group as it was read
     * @param after the group with the failure
     */
    Written write(String recordId, Optional<FailureGroup> before, FailureGroup after);

    /** Notes that the alarm which was raised then has been published. */
    void told(String id, Instant alarm);

    /** All groups. */
    List<FailureGroup> all();
}
