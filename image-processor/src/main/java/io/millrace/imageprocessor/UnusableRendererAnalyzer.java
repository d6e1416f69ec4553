package io.millrace.imageprocessor;

import io.millrace.imageprocessor.rendering.UnusableRenderer;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what the renderer lacks, instead of a stack trace. */
final class UnusableRendererAnalyzer extends AbstractFailureAnalyzer<UnusableRenderer> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableRenderer cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
