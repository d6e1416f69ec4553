package io.millrace.transformload;

import io.millrace.transformload.mapping.InvalidMappings;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which mappings cannot be used, instead of a stack trace. */
final class InvalidMappingsAnalyzer extends AbstractFailureAnalyzer<InvalidMappings> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidMappings cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct millrace.transform-load.mappings.<kind>; https://try.jsonata.org helps to try an expression.",
                cause);
    }
}
