package io.millrace.orchestrator.activity;

import java.util.List;

/** The tasks of all activities that no worker has yet. */
public interface TaskQueue {

    /** Puts a new task in; one that is there already stays as it is. */
    void add(QueuedTask task);

    /** The first tasks of an activity. */
    List<QueuedTask> first(String activity, int limit);

    /**
     * Changes a task, if the version before is still the latest.
     *
     * @return whether it is changed; if not, somebody else has it
     */
    boolean replace(QueuedTask task);

    /** Takes a task out, if the version is still the latest. */
    Removal remove(QueuedTask task);

    /** What became of a task that was to be taken out. */
    enum Removal {
        DONE,
        /** There is a later version: somebody else has it. */
        CHANGED,
        /**
         * It is out already, perhaps by an earlier request of ours of which the answer was lost.
         */
        ABSENT
    }
}
