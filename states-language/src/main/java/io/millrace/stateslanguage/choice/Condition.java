package io.millrace.stateslanguage.choice;

import io.millrace.stateslanguage.jsonata.JsonataExpression;
import io.millrace.stateslanguage.path.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** When a Choice rule holds. */
public sealed interface Condition {

    /** All of them hold. */
    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }
    }

    /** At least one of them holds. */
    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }
    }

    /** The other does not hold. */
    record Not(Condition condition) implements Condition {}

    /** The variable compares to a value of the definition. */
    record Compare(Path variable, Comparison comparison, JsonNode to) implements Condition {}

    /** The variable compares to what another path selects. */
    record CompareTo(Path variable, Comparison comparison, Path to) implements Condition {}

    /** The variable is of a kind, or there at all, or not so. */
    record Is(Path variable, Kind kind, boolean expected) implements Condition {}

    /** A JSONata expression is true. */
    record Holds(JsonataExpression expression) implements Condition {}
}
