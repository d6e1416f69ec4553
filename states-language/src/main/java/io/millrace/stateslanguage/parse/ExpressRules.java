package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a valid definition may not use in an Express workflow: nothing of it can wait for anybody
 * outside (Step Functions developer guide, "Choosing workflow type").
 */
public final class ExpressRules {

    private static final Pattern ACTIVITY =
            Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:activity:.*");

    /** {@code .sync:2} is reported as {@code .sync}, as Step Functions does. */
    private static final Pattern WAITS = Pattern.compile(".*(\\.sync|\\.waitForTaskToken)(:2)?");

    private final Problems problems = new Problems();

    private ExpressRules() {}

    /** Everything of a definition that Step Functions refuses in an Express workflow. */
    public static List<Problem> check(StateMachineDefinition definition) {
        var rules = new ExpressRules();
        rules.check("", definition.graph());
        return rules.problems.found();
    }

    private void check(String location, StateGraph graph) {
        graph.states().forEach((name, state) -> check(location + "/States/" + name, state));
    }

    private void check(String location, State state) {
        switch (state) {
            case State.Task task ->
                    refusal(task.resource())
                            .ifPresent(message -> problems.schema(location + "/Resource", message));
            case State.Parallel parallel -> {
                for (var i = 0; i < parallel.branches().size(); i++) {
                    check("%s/Branches[%d]".formatted(location, i), parallel.branches().get(i));
                }
            }
            case State.MapState map -> checkMap(location, map);
            case State.Pass _, State.Choice _, State.Wait _ -> {}
            case State.Succeed _, State.Fail _ -> {}
        }
    }

    private void checkMap(String location, State.MapState map) {
        var processor = location + (map.iteration().legacy() ? "/Iterator" : "/ItemProcessor");
        if (map.iteration().distribution().isPresent()) {
            problems.schema(
                    processor + "/ProcessorConfig/Mode",
                    "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines");
        }
        check(processor, map.iteration().processor());
    }

    private static Optional<String> refusal(String resource) {
        if (ACTIVITY.matcher(resource).matches()) {
            return Optional.of("Express state machine does not support Activity ARN");
        }
        var waits = WAITS.matcher(resource);
        return waits.matches()
                ? Optional.of(
                        "Express state machine does not support '%s' service integration"
                                .formatted(waits.group(1)))
                : Optional.empty();
    }
}
