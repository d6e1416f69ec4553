package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.path.ReferencePath;
import io.millrace.stateslanguage.template.Template;
import java.util.List;
import java.util.Optional;

/**
 * Where an error leads instead of failing the execution.
 *
 * @param resultPath JSONPath: where in the state's input the error's output goes; empty for null
 * @param output JSONata: the output; absent, the error's output
 */
public record Catcher(
        Optional<String> comment,
        List<String> errorEquals,
        String next,
        Optional<ReferencePath> resultPath,
        Optional<Template> output,
        Optional<Template> assign) {

    public Catcher {
        errorEquals = List.copyOf(errorEquals);
        if (errorEquals.isEmpty()) {
            throw new IllegalArgumentException("ErrorEquals is empty; name at least one error");
        }
    }
}
