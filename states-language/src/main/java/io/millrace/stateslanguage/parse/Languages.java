package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.QueryLanguage;
import java.util.Optional;

/** Reads the field QueryLanguage. */
final class Languages {

    private Languages() {}

    /** The language that an object asks for; anything that is not JSONPath counts as JSONata. */
    static Optional<QueryLanguage> of(Fields fields) {
        var name = fields.string("QueryLanguage");
        if (name.isEmpty()) {
            return fields.has("QueryLanguage")
                    ? Optional.of(QueryLanguage.JSONATA)
                    : Optional.empty();
        }
        if (name.get().equals(QueryLanguage.JSON_PATH.text())) {
            return Optional.of(QueryLanguage.JSON_PATH);
        }
        if (!name.get().equals(QueryLanguage.JSONATA.text())) {
            fields.problems()
                    .schema(
                            fields.at("QueryLanguage"),
                            "Value must be one of: [JSONPath, JSONata]");
        }
        return Optional.of(QueryLanguage.JSONATA);
    }

    /** The language of a state in a machine. */
    static QueryLanguage ofState(Fields state, QueryLanguage machine) {
        var own = of(state).orElse(machine);
        if (machine == QueryLanguage.JSONATA && own == QueryLanguage.JSON_PATH) {
            state.problems()
                    .schema(
                            state.location(),
                            "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole"
                                    + " state machine");
        }
        return own;
    }
}
