package io.millrace.orchestrator.workflow;

import java.util.List;
import java.util.Optional;

/** Where state machines are kept, and what all replicas have to agree on. */
public interface StateMachineStore {

    Optional<StateMachine> find(String name);

    /** Keeps a new state machine; answers the one that has the name already, if there is one. */
    Optional<StateMachine> create(StateMachine machine);

    /** Replaces a state machine. */
    void replace(StateMachine machine);

    void delete(String name);

    /** State machines by name, after the given one. */
    List<StateMachine> list(String after, int limit);

    /** How many state machines there are; those that are new may be missing. */
    long count();

    /** Keeps a definition for as long as executions may follow it. */
    void putRevision(String revision, String definition);

    Optional<String> revision(String revision);

    /** The setting's value: the proposal, if nobody proposed one before. */
    String agree(String setting, String proposal);

    /** A text that is kept under a key. */
    Optional<Document> document(String key);

    /**
     * Keeps a text, if the one before is still the latest.
     *
     * @return whether it is kept; if not, there is another of its version
     */
    boolean put(String key, Document document);

    void removeDocument(String key);
}
