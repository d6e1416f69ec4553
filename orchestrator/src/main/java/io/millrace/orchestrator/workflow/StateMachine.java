package io.millrace.orchestrator.workflow;

import java.time.Instant;

/**
 * A state machine as it is now.
 *
 * @param definition its text, as it was given
 */
public record StateMachine(
        String name,
        String definition,
        String revision,
        String roleArn,
        Type type,
        Logging logging,
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
            Instant now) {
        return new StateMachine(
                name, newDefinition, newRevision, newRole, type, newLogging, createdAt, now);
    }

    /** Whether it would be created by the same request. */
    boolean sameAs(StateMachine other) {
        return revision.equals(other.revision)
                && roleArn.equals(other.roleArn)
                && type == other.type
                && logging.equals(other.logging);
    }
}
