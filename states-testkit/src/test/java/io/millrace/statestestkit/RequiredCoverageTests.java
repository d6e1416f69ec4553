package io.millrace.statestestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test class that is held to a coverage, run as an IDE runs it. */
class RequiredCoverageTests {

    private static final String EITHER =
            """
            {"StartAt": "Which", "States": {
              "Which": {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 1, "Next": "One"}], "Default": "Other"},
              "One": {"Type": "Succeed"}, "Other": {"Type": "Fail"}}}
            """;

    static final class Complete {
        private static final StateMachineTest MACHINE = StateMachineTest.of("complete", EITHER);
        @RegisterExtension static final RequiredCoverage COVERAGE = MACHINE.coverage().required();

        @Test
        void one() {
            assertThat(MACHINE.run("1")).succeeded();
        }

        @Nested
        class Others {
            @Test
            void two() {
                assertThat(MACHINE.run("2")).failed();
            }
        }
    }

    static final class Lacking {
        private static final StateMachineTest MACHINE = StateMachineTest.of("lacking", EITHER);
        @RegisterExtension static final RequiredCoverage COVERAGE = MACHINE.coverage().required(90);

        @Test
        void one() {
            assertThat(MACHINE.run("1")).succeeded();
        }

        @Test
        void nothing() {
            // Stands for a test that looks at something else.
        }
    }

    @Test
    void aClassThatGoesThroughEverythingPasses() {
        var seen = run(selectClass(Complete.class));

        assertThat(seen.failures()).isEmpty();
        assertThat(seen.reports()).singleElement().asString().contains("100.0 % of 3 states");
    }

    @Test
    void aClassThatMissesTooMuchFailsWithTheReport() {
        var seen = run(selectClass(Lacking.class));

        assertThat(seen.failures()).singleElement().asString().contains("MISSED Other (Fail)");
    }

    @Test
    void aSingleTestIsHeldToNothing() {
        var seen = run(selectMethod(Lacking.class, "one"));

        assertThat(seen.failures()).isEmpty();
        assertThat(seen.reports()).hasSize(1);
    }

    private record Seen(List<String> failures, List<String> reports) {}

    private static Seen run(DiscoverySelector selector) {
        var seen = new Seen(new ArrayList<>(), new ArrayList<>());
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
        LauncherFactory.create()
                .execute(
                        request,
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(
                                    TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable()
                                        .ifPresent(
                                                reason -> seen.failures().add(reason.toString()));
                            }

                            @Override
                            public void reportingEntryPublished(
                                    TestIdentifier test, ReportEntry entry) {
                                seen.reports().addAll(entry.getKeyValuePairs().values());
                            }
                        });
        return seen;
    }
}
