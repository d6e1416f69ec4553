package io.millrace.orchestrator.workflow;

import io.millrace.events.EventIds;
import java.time.Instant;
import java.util.Optional;

/**
 * A state machine as it is now.
 *
 * @param definition its text, as it was given
 * @param tracing kept, and changes nothing: every execution takes its caller's trace along
 * @param initial the revision that it was created with; empty if that was not kept
 */
public record StateMachine(
        String name,
        String definition,
        String revision,
        String roleArn,
        Type type,
        Logging logging,
        boolean tracing,
        Optional<String> initial,
        Instant createdAt,
        Instant updatedAt) {

    /** How executions are kept; the names are Step Functions'. */
    public enum Type {
        STANDARD,
        EXPRESS
    }

    StateMachine updated(
            String newDefinition,
            String newRevision,
            String newRole,
            Logging newLogging,
            boolean newTracing,
            Instant now) {
        return new StateMachine(
                name,
                newDefinition,
                newRevision,
                newRole,
                type,
                newLogging,
                newTracing,
                initial,
                createdAt,
                now);
    }

    /**
     * Whether it would be created by the same request; the role does not count (API reference,
     * CreateStateMachine).
     */
    boolean sameAs(StateMachine other) {
        return revision.equals(other.revision)
                && type == other.type
                && logging.equals(other.logging)
                && tracing == other.tracing;
    }

    /** What definition and role are called together; a state machine as it was created has none. */
    public Optional<String> revisionId() {
        return revisionId(revision, roleArn);
    }

    /** The same of another definition and role that it has or had. */
    public Optional<String> revisionId(String ofDefinition, String ofRole) {
        var id = idOf(ofDefinition, ofRole);
        return initial.equals(Optional.of(id)) ? Optional.empty() : Optional.of(id);
    }

    /** The same definition and role are the same revision, whenever there were others between. */
    static String idOf(String revision, String roleArn) {
        return EventIds.hash(revision + " " + roleArn);
    }
}
