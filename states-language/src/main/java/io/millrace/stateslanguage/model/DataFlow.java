package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.path.Path;
import io.millrace.stateslanguage.path.ReferencePath;
import io.millrace.stateslanguage.template.Template;
import java.util.Optional;

/** How data gets into a state and out of it: a choice of query language, closed per state. */
public sealed interface DataFlow {

    QueryLanguage queryLanguage();

    /** The template of the variables that the state sets when it succeeds. */
    Optional<Template> assign();

    /**
     * JSONPath: input, InputPath, Parameters, the work, ResultSelector, ResultPath, OutputPath.
     *
     * @param inputPath empty for null: an empty object
     * @param resultPath empty for null: the result is discarded
     * @param outputPath empty for null: an empty object
     */
    record ByJsonPath(
            Optional<Path> inputPath,
            Optional<Template> parameters,
            Optional<Template> resultSelector,
            Optional<ReferencePath> resultPath,
            Optional<Path> outputPath,
            Optional<Template> assign)
            implements DataFlow {

        /** Everything as if no field were given. */
        public static final ByJsonPath DEFAULT =
                new ByJsonPath(
                        Optional.of(Path.ROOT),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ReferencePath.ROOT),
                        Optional.of(Path.ROOT),
                        Optional.empty());

        @Override
        public QueryLanguage queryLanguage() {
            return QueryLanguage.JSON_PATH;
        }
    }

    /** JSONata: Arguments, the work, Output. */
    record ByJsonata(
            Optional<Template> arguments, Optional<Template> output, Optional<Template> assign)
            implements DataFlow {

        /** Everything as if no field were given. */
        public static final ByJsonata DEFAULT =
                new ByJsonata(Optional.empty(), Optional.empty(), Optional.empty());

        @Override
        public QueryLanguage queryLanguage() {
            return QueryLanguage.JSONATA;
        }
    }
}
