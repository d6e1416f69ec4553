package io.millrace.orchestrator.execution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads the ARNs of one account and region. */
public record Arns(String region, String account) {

    private static final String EXPRESS = "express";
    private static final Pattern QUALIFIED = Pattern.compile("([^:]+)(?::([^:]+))?");
    private static final Pattern MAP_RUN = Pattern.compile("([^:]+)/([^:/]+):([^:]+)-(\\d{1,9})");

    public String stateMachine(String name) {
        return prefix("stateMachine") + name;
    }

    public String execution(ExecutionId id) {
        return prefix(id.isExpress() ? EXPRESS : "execution") + id.text();
    }

    public String activity(String name) {
        return prefix("activity") + name;
    }

    /** The name in an activity's ARN, if it is one of this account and region. */
    public Optional<String> activityName(String arn) {
        return after(prefix("activity"), arn).filter(name -> !name.contains(":"));
    }

    /** The name in a state machine's ARN, if it is one of this account and region. */
    public Optional<String> stateMachineName(String arn) {
        return after(prefix("stateMachine"), arn).filter(name -> !name.contains(":"));
    }

    /** A state machine's name, and the number or name after it. */
    public record Qualified(String stateMachine, Optional<String> qualifier) {}

    /** What a state machine's ARN names, or the ARN of one of its versions or aliases. */
    public Optional<Qualified> qualified(String arn) {
        return after(prefix("stateMachine"), arn)
                .map(QUALIFIED::matcher)
                .filter(Matcher::matches)
                .map(parts -> new Qualified(parts.group(1), Optional.ofNullable(parts.group(2))));
    }

    /** The ARN of a version or alias. */
    public String qualified(String stateMachine, String qualifier) {
        return stateMachine(stateMachine) + ":" + qualifier;
    }

    /** The ARN of the version that an execution is associated with. */
    public Optional<String> version(Head head) {
        return head.released()
                .map(Released::version)
                .map(number -> qualified(head.id().stateMachine(), Integer.toString(number)));
    }

    /** The ARN of the alias that an execution was started by. */
    public Optional<String> alias(Head head) {
        return head.released()
                .flatMap(Released::alias)
                .map(name -> qualified(head.id().stateMachine(), name));
    }

    /** The id in an execution's ARN, if it is one of this account and region. */
    public Optional<ExecutionId> executionId(String arn) {
        return after(prefix("execution"), arn)
                .filter(id -> id.matches("[^:]+:[^:]+"))
                .map(ExecutionId::parse);
    }

    /** Whether an ARN is of an Express execution in this account and region. */
    public boolean isExpress(String arn) {
        return after(prefix(EXPRESS), arn).isPresent();
    }

    /** The ARN of a map run; its last part names the execution and the event that started it. */
    public String mapRun(ExecutionId id, MapRun mapRun) {
        return "%s%s/%s:%s-%d"
                .formatted(
                        prefix("mapRun"),
                        id.stateMachine(),
                        mapRun.label(),
                        id.name(),
                        mapRun.event());
    }

    /** The ARN of the map run that has begun a child. */
    public String mapRun(ExecutionId child, ChildOf place) {
        return "%s%s:%s-%d"
                .formatted(
                        prefix("mapRun"),
                        child.stateMachine(),
                        place.execution().name(),
                        place.mapRun());
    }

    /** The map run that an ARN names, if it is one of this account and region. */
    public Optional<MapRunId> mapRunId(String arn) {
        return after(prefix("mapRun"), arn)
                .map(MAP_RUN::matcher)
                .filter(Matcher::matches)
                .map(parts ->
                        new MapRunId(
                                new ExecutionId(parts.group(1), parts.group(3)),
                                parts.group(2),
                                Long.parseLong(parts.group(4))));
    }

    /**
     * A map run.
     *
     * @param execution the one that has the Map state
     * @param event the id of the event by which it started
     */
    public record MapRunId(ExecutionId execution, String label, long event) {

        /** What the children's state machine is called. */
        public String stateMachine() {
            return execution.stateMachine() + "/" + label;
        }
    }

    private static Optional<String> after(String prefix, String arn) {
        return arn.startsWith(prefix) && arn.length() > prefix.length()
                ? Optional.of(arn.substring(prefix.length()))
                : Optional.empty();
    }

    private String prefix(String type) {
        // Formatted, it would be a tenth of an execution.
        return "arn:aws:states:" + region + ":" + account + ":" + type + ":";
    }
}
