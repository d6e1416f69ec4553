package io.millrace.statestestkit;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Stands in for the service or function that a task calls. */
@FunctionalInterface
public interface Mock {

    Answer answer(TaskCall call);

    /** Answers with what a function makes of the input; {@link TaskFailure} fails the task. */
    static Mock of(Function<JsonNode, ? extends @Nullable Object> function) {
        return call -> {
            try {
                return Answer.of(
                        function.apply(call.input()),
                        "What the mock of '%s' returns".formatted(call.state()));
            } catch (TaskFailure failure) {
                return Answer.fails(failure.error(), String.valueOf(failure.getMessage()));
            }
        };
    }

    /** Answers in turn; the last answer stays. */
    static Mock inTurn(List<Answer> answers) {
        var all = List.copyOf(answers);
        return call -> all.get(Math.min(call.number(), all.size() - 1));
    }
}
