package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a state can decide about where it leads, beside its Next. Indexes count from 0. */
public sealed interface Decision {

    String state();

    /** A rule of a Choice state holds. */
    record Rule(String state, int index) implements Decision {}

    /** No rule of a Choice state holds. */
    record Default(String state) implements Decision {}

    /** A retrier has the state run again. */
    record Retried(String state, int index) implements Decision {}

    /** A catcher takes an error. */
    record Caught(String state, int index) implements Decision {}

    /** All that a state can decide, those of the states within it aside. */
    static List<Decision> of(State state) {
        var decisions = new ArrayList<Decision>();
        var name = state.name();
        if (state instanceof State.Choice choice) {
            IntStream.range(0, choice.rules().size())
                    .forEach(index -> decisions.add(new Rule(name, index)));
            choice.otherwise().ifPresent(_ -> decisions.add(new Default(name)));
        }
        IntStream.range(0, state.retriers().size())
                .forEach(index -> decisions.add(new Retried(name, index)));
        IntStream.range(0, state.catchers().size())
                .forEach(index -> decisions.add(new Caught(name, index)));
        return List.copyOf(decisions);
    }
}
