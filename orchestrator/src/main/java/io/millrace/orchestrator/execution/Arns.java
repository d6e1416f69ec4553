package io.millrace.orchestrator.execution;

import java.util.Optional;

/** Writes and reads the ARNs of one account and region. */
public record Arns(String region, String account) {

    public String stateMachine(String name) {
        return prefix("stateMachine") + name;
    }

    public String execution(ExecutionId id) {
        return prefix("execution") + id.text();
    }

    /** The name in a state machine's ARN, if it is one of this account and region. */
    public Optional<String> stateMachineName(String arn) {
        return after(prefix("stateMachine"), arn).filter(name -> !name.contains(":"));
    }

    /** The id in an execution's ARN, if it is one of this account and region. */
    public Optional<ExecutionId> executionId(String arn) {
        return after(prefix("execution"), arn)
                .filter(id -> id.matches("[^:]+:[^:]+"))
                .map(ExecutionId::parse);
    }

    private static Optional<String> after(String prefix, String arn) {
        return arn.startsWith(prefix) && arn.length() > prefix.length()
                ? Optional.of(arn.substring(prefix.length()))
                : Optional.empty();
    }

    private String prefix(String type) {
        return "arn:aws:states:%s:%s:%s:".formatted(region, account, type);
    }
}
