package io.millrace.orchestrator.execution;

import java.util.Optional;
import java.util.stream.Stream;

/** Who does a Task state's work, as its Resource says. */
public sealed interface TaskResource {

    /** A Lambda function, named by its ARN alone. */
    record Function(String arn) implements TaskResource {}

    /** Workers of an activity, who ask for its tasks. */
    record Activity(String arn) implements TaskResource {}

    /**
     * A service.
     *
     * @param service such as {@code sqs}, or {@code aws-sdk:sqs} for any action of its API
     * @param action such as {@code sendMessage}
     * @param pattern how the result comes back
     */
    record Service(String service, String action, Pattern pattern) implements TaskResource {

        /** The action with its pattern, as history events have it. */
        public String text() {
            return action + pattern.suffix();
        }
    }

    /** How a service's result comes back. */
    enum Pattern {
        /** With the call's answer. */
        REQUEST_RESPONSE(""),
        /** With the end of the job that the call starts, as the service tells of it. */
        RUN_A_JOB(".sync"),
        /** The same, with what is JSON text there as JSON. */
        RUN_A_JOB_WITH_JSON(".sync:2"),
        /** With a token that the call hands over. */
        WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

        private final String suffix;

        Pattern(String suffix) {
            this.suffix = suffix;
        }

        public String suffix() {
            return suffix;
        }

        private static Pattern of(String suffix) {
            return Stream.of(values())
                    .filter(pattern -> pattern.suffix.equals(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The resource that an ARN names, if it is of a kind that the engine knows. */
    static Optional<TaskResource> parse(String arn) {
        if (Forms.ACTIVITY.matcher(arn).matches()) {
            return Optional.of(new Activity(arn));
        }
        var service = Forms.SERVICE.matcher(arn);
        if (service.matches()) {
            return Optional.of(
                    new Service(service.group(1), service.group(2), Pattern.of(service.group(3))));
        }
        return Forms.FUNCTION.matcher(arn).matches()
                ? Optional.of(new Function(arn))
                : Optional.empty();
    }

    /** Whether the task's result comes with a token. */
    default boolean byToken() {
        return switch (this) {
            case Function _ -> false;
            case Activity _ -> true;
            case Service service -> service.pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
        };
    }

    /** Whether the task's result is the end of a job. */
    default boolean isJob() {
        return this instanceof Service(_, _, var pattern)
                && switch (pattern) {
                    case RUN_A_JOB, RUN_A_JOB_WITH_JSON -> true;
                    case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> false;
                };
    }

    /** What the ARNs look like. */
    final class Forms {
        private static final java.util.regex.Pattern SERVICE =
                java.util.regex.Pattern.compile(
                        "arn:[^:]+:states:::((?:aws-sdk:)?[a-z0-9-]+):([A-Za-z0-9]+)(|\\.sync|\\.sync:2|\\.waitForTaskToken)");
        private static final java.util.regex.Pattern ACTIVITY =
                java.util.regex.Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:activity:[^:]+");
        private static final java.util.regex.Pattern FUNCTION =
                java.util.regex.Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:.+");

        private Forms() {}
    }
}
