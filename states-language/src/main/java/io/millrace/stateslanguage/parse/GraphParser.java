package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.parse.Problem.Code;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Reads StartAt and States: a machine's, a branch's or an item processor's. */
final class GraphParser {

    private static final int LONGEST_NAME = 80;

    private final QueryLanguage machineLanguage;
    private final Set<String> names;

    /**
     * @param names the state names of the whole machine so far: no two may be the same
     */
    GraphParser(QueryLanguage machineLanguage, Set<String> names) {
        this.machineLanguage = machineLanguage;
        this.names = names;
    }

    /** The graph in these fields; empty if it has too many problems to be one. */
    Optional<StateGraph> parse(Fields fields) {
        var startAt = fields.string("StartAt");
        var states = fields.object("States");
        if (states.isEmpty()) {
            return Optional.empty();
        }
        if (states.get().object().isEmpty()) {
            fields.problems().schema(fields.at("States"), "Value cannot be empty");
        }
        var parsed = new LinkedHashMap<String, State>();
        for (var entry : states.get().object().properties()) {
            checkName(states.get(), entry.getKey());
            if (entry.getValue() instanceof ObjectNode object) {
                var location = states.get().at(entry.getKey());
                var state = new Fields(object, location, fields.problems());
                parse(entry.getKey(), state).ifPresent(one -> parsed.put(entry.getKey(), one));
            } else {
                fields.problems().wrongType(states.get().at(entry.getKey()), "Object");
            }
        }
        TransitionChecks.check(fields, states.get(), startAt);
        return startAt.filter(parsed::containsKey).map(start -> new StateGraph(start, parsed));
    }

    /** A state of the graph. */
    Optional<State> parse(String name, Fields state) {
        var language = Languages.ofState(state, machineLanguage);
        return new StateParser(this, language, name, state).parse();
    }

    private void checkName(Fields states, String name) {
        var location = states.at(name);
        if (!names.add(name)) {
            states.problems()
                    .add(
                            Code.DUPLICATE_STATE_NAME,
                            location,
                            "State name '%s' is used more than once".formatted(name));
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            states.problems()
                    .add(
                            Code.INVALID_STATE_NAME,
                            location,
                            "A state name has 1 to %d characters".formatted(LONGEST_NAME));
        }
    }
}
