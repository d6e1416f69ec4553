package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a valid definition may not use in an Express workflow: nothing of it can wait for anybody
 * outside (Step Functions developer guide, "Choosing workflow type").
 */
public final class ExpressRules {

    /** {@code .sync:2} is reported as {@code .sync}, as Step Functions does. */
    private static final Pattern WAITS = Pattern.compile(".*(\\.sync|\\.waitForTaskToken)(:2)?");

    private final Problems problems = new Problems();

    private ExpressRules() {}

    /** Everything of a definition that Step Functions refuses in an Express workflow. */
    public static List<Problem> check(StateMachineDefinition definition) {
        var rules = new ExpressRules();
        StateWalk.each(definition.graph(), rules::check);
        return rules.problems.found();
    }

    private void check(String location, State state) {
        switch (state) {
            case State.Task task ->
                    refusal(task.resource())
                            .ifPresent(message -> problems.schema(location + "/Resource", message));
            case State.MapState map when map.iteration().distribution().isPresent() ->
                    problems.schema(
                            StateWalk.processor(location, map) + "/ProcessorConfig/Mode",
                            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines");
            case State.MapState _, State.Parallel _, State.Pass _, State.Choice _ -> {}
            case State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private static Optional<String> refusal(String resource) {
        if (ResourceRules.isActivity(resource)) {
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
