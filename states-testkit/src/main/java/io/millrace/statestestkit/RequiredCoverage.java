package io.millrace.statestestkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Publishes the coverage of a definition after a test class, and fails the class where it is too
 * low; register it in a static field with {@code @RegisterExtension}. A run that leaves out test
 * methods, or in which one fails, is held to nothing: the report is all it gives.
 */
public final class RequiredCoverage
        implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private final Coverage coverage;
    private final double percent;
    private final Set<Method> run = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;
    private volatile @Nullable Class<?> owner;

    RequiredCoverage(Coverage coverage, double percent) {
        this.coverage = coverage;
        this.percent = percent;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A class within the one that it is registered in begins later, and is part of it.
        if (owner == null) {
            owner = context.getRequiredTestClass();
            run.clear();
            failed = false;
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        failed |= context.getExecutionException().isPresent();
        run.add(context.getRequiredTestMethod());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!context.getRequiredTestClass().equals(owner)) {
            return;
        }
        owner = null;
        context.publishReportEntry("states-coverage", coverage.report());
        if (!failed && run.containsAll(tests(context.getRequiredTestClass()))) {
            new CoverageAssert(coverage).isAtLeast(percent);
        }
    }

    private static List<Method> tests(Class<?> testClass) {
        return Stream.concat(
                        AnnotationSupport.findAnnotatedMethods(
                                testClass, Testable.class, HierarchyTraversalMode.TOP_DOWN)
                                .stream(),
                        Stream.of(testClass.getDeclaredClasses())
                                .filter(inner -> inner.isAnnotationPresent(Nested.class))
                                .flatMap(inner -> tests(inner).stream()))
                .toList();
    }
}
