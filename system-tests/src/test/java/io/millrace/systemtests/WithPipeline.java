package io.millrace.systemtests;

import io.millrace.launcher.Part;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one pipeline that all tests share to a test; it is closed after the last of them. */
final class WithPipeline implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Pipeline.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Pipeline.class, _ -> start(), Pipeline.class);
    }

    private static Pipeline start() {
        try {
            // batch-job comes later, with the schedule that a test gives it.
            return Pipeline.start("system", Set.of(Part.BATCH_JOB));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
