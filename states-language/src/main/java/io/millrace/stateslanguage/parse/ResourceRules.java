package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which resources the Task states of a valid definition may name: those that there are. */
public final class ResourceRules {

    private static final Pattern ACTIVITY =
            Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:activity:.*");

    private ResourceRules() {}

    /**
     * Activities are made apart from definitions: whether there is one is seen when it is asked.
     */
    static boolean isActivity(String resource) {
        return ACTIVITY.matcher(resource).matches();
    }

    /**
     * Everything of a definition that Step Functions refuses for its resource.
     *
     * @param known whether there is a resource, by its ARN
     */
    public static List<Problem> check(StateMachineDefinition definition, Predicate<String> known) {
        var problems = new Problems();
        StateWalk.each(
                definition.graph(),
                (location, state) -> {
                    if (state instanceof State.Task task
                            && !isActivity(task.resource())
                            && !known.test(task.resource())) {
                        problems.schema(
                                location + "/Resource",
                                "The resource provided %s is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
                                        .formatted(task.resource()));
                    }
                });
        return problems.found();
    }
}
