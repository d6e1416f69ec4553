package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.State;
import java.util.List;

/** What became of a text that was to hold a state. */
public sealed interface ParsedState {

    /**
     * @param inMap whether it is for each item of a Map state
     */
    record Valid(State state, boolean inMap) implements ParsedState {}

    /** Something is wrong with it, or with the state machine around it. */
    record Invalid(List<Problem> problems) implements ParsedState {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** The state machine has no state of that name. */
    record Unknown() implements ParsedState {}
}
