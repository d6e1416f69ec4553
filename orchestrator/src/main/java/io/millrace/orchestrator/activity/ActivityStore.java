package io.millrace.orchestrator.activity;

import java.util.List;
import java.util.Optional;

/** Where activities are kept. */
public interface ActivityStore {

    Optional<Activity> find(String name);

    /** Keeps a new activity; answers the one that has the name already, if there is one. */
    Optional<Activity> create(Activity activity);

    void delete(String name);

    /** Activities by name, after the given one. */
    List<Activity> list(String after, int limit);

    /** How many activities there are; those that are new may be missing. */
    long count();
}
