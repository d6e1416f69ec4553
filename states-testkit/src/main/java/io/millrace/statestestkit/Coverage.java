package io.millrace.statestestkit;

import io.millrace.stateslanguage.evaluate.Decision;
import io.millrace.stateslanguage.evaluate.Inspector;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.assertj.core.api.AssertProvider;
import tools.jackson.databind.JsonNode;

/**
 * How much of a definition its executions have gone through: its states, and the branches that they
 * choose between, which are the rules of each Choice and its Default, the Retriers and the
 * Catchers.
 */
public final class Coverage implements AssertProvider<CoverageAssert> {

    private final String name;
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, Integer> visits = new ConcurrentHashMap<>();
    private final Map<Decision, Integer> taken = new ConcurrentHashMap<>();

    Coverage(String name, StateGraph graph) {
        this.name = name;
        add(graph);
    }

    private void add(StateGraph graph) {
        for (var state : graph.states().values()) {
            states.put(state.name(), state);
            switch (state) {
                case State.Parallel parallel -> parallel.branches().forEach(this::add);
                case State.MapState map -> add(map.iteration().processor());
                case State.Task _, State.Pass _, State.Choice _, State.Wait _ -> {}
                case State.Succeed _, State.Fail _ -> {}
            }
        }
    }

    void visited(String state) {
        visits.merge(state, 1, Integer::sum);
    }

    /** Hears what the states decide. */
    Inspector inspector() {
        return new Inspector() {
            @Override
            public void saw(Stage stage, JsonNode value) {
                // Data says nothing about the way.
            }

            @Override
            public void decided(Decision decision) {
                taken.merge(decision, 1, Integer::sum);
            }
        };
    }

    Set<String> names(String type) {
        return states.values().stream()
                .filter(state -> state.type().equals(type))
                .map(State::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The states that no execution has entered. */
    public List<String> missedStates() {
        return states.keySet().stream().filter(state -> !visits.containsKey(state)).toList();
    }

    /** The branches that no execution has taken, as the report calls them. */
    public List<String> missedBranches() {
        return states.values().stream()
                .flatMap(state ->
                        Decision.of(state).stream()
                                .filter(branch -> !taken.containsKey(branch))
                                .map(branch -> state.name() + ": " + describe(state, branch)))
                .toList();
    }

    private int branches() {
        return states.values().stream().mapToInt(state -> Decision.of(state).size()).sum();
    }

    /** How much of the states was entered, in percent. */
    public double statesPercent() {
        return percent(states.size() - missedStates().size(), states.size());
    }

    /** How much of the branches was taken, in percent; all of none. */
    public double branchesPercent() {
        return percent(branches() - missedBranches().size(), branches());
    }

    private static double percent(int some, int all) {
        return all == 0 ? 100 : 100.0 * some / all;
    }

    /** A line for each state, and for each branch below it, with how often it was gone through. */
    public String report() {
        var lines = new ArrayList<String>();
        lines.add(
                "%s: %.1f %% of %d states, %.1f %% of %d branches"
                        .formatted(
                                name,
                                statesPercent(),
                                states.size(),
                                branchesPercent(),
                                branches()));
        states.values()
                .forEach(state -> {
                    var about = "%s (%s)".formatted(state.name(), state.type());
                    lines.add(line("  ", visits.getOrDefault(state.name(), 0), about));
                    Decision.of(state)
                            .forEach(branch ->
                                    lines.add(
                                            line(
                                                    "    ",
                                                    taken.getOrDefault(branch, 0),
                                                    describe(state, branch))));
                });
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String indent, int times, String what) {
        return "%s%s %s".formatted(indent, times == 0 ? "MISSED" : "%5dx".formatted(times), what);
    }

    private static String describe(State state, Decision branch) {
        return switch (branch) {
            case Decision.Rule(_, var index) ->
                    "Choices[%d] to %s"
                            .formatted(index, ((State.Choice) state).rules().get(index).next());
            case Decision.Default _ ->
                    "Default to " + ((State.Choice) state).otherwise().orElseThrow();
            case Decision.Retried(_, var index) ->
                    "Retry[%d] on %s".formatted(index, state.retriers().get(index).errorEquals());
            case Decision.Caught(_, var index) -> {
                var catcher = state.catchers().get(index);
                yield "Catch[%d] on %s to %s"
                        .formatted(index, catcher.errorEquals(), catcher.next());
            }
        };
    }

    /** Fails the test class unless its executions have gone through all states and branches. */
    public RequiredCoverage required() {
        return required(100);
    }

    /** Fails the test class unless its executions have gone through that much. */
    public RequiredCoverage required(double percent) {
        return new RequiredCoverage(this, percent);
    }

    @Override
    public CoverageAssert assertThat() {
        return new CoverageAssert(this);
    }

    @Override
    public String toString() {
        return report();
    }
}
