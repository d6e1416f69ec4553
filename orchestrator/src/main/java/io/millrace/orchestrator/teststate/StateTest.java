package io.millrace.orchestrator.teststate;

import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.scope.Scope;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A state and what it is tested with.
 *
 * @param mock instead of its work
 * @param retries how often the retrier that the error is for was used before
 * @param failedIterations how many iterations of a Map state have failed
 * @param readItems what the ItemReader of a Map state reads, by its ReaderConfig
 */
public record StateTest(
        State state,
        Scope scope,
        Optional<Mock> mock,
        int retries,
        OptionalInt failedIterations,
        Optional<UnaryOperator<JsonNode>> readItems) {}
