package io.millrace.orchestrator.execution;

/** An execution's names: together they are unique in an account and region. */
public record ExecutionId(String stateMachine, String name) {

    public ExecutionId {
        if (stateMachine.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("An execution has a state machine and a name");
        }
    }

    /**
     * An execution of an Express workflow: any number may have the same name.
     *
     * @param run what tells it from others of its name
     */
    public static ExecutionId express(String stateMachine, String name, String run) {
        return new ExecutionId(stateMachine, name + ":" + run);
    }

    /** Whether its workflow is Express; no name has a colon of its own. */
    public boolean isExpress() {
        return name.indexOf(':') >= 0;
    }

    /** The name that it was given. */
    public String givenName() {
        return isExpress() ? name.substring(0, name.indexOf(':')) : name;
    }

    /** The id as one text, as it ends an execution's ARN. */
    public String text() {
        return stateMachine + ":" + name;
    }

    /** The id that {@link #text} wrote. */
    public static ExecutionId parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'%s' is no execution id".formatted(text));
        }
        return new ExecutionId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return text();
    }
}
