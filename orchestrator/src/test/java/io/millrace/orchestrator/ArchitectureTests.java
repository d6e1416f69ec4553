package io.millrace.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.millrace.orchestrator",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTests.NotGenerated.class
        })
class ArchitectureTests {

    /** What Spring's ahead-of-time processing leaves behind knows every bean. */
    static final class NotGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("__");
        }
    }

    @ArchTest
    static final ArchRule onePackageKnowsSpringStatemachine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..orchestrator.statemachine")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.statemachine..", "reactor..");

    @ArchTest
    static final ArchRule decisionsKnowNeitherFrameworkNorCloud =
            noClasses()
                    .that()
                    .resideInAnyPackage("..orchestrator.execution", "..orchestrator.token")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "software.amazon..",
                            "com.fasterxml..",
                            "io.millrace.orchestrator.journal..",
                            "io.millrace.orchestrator.wakeup..",
                            "io.millrace.orchestrator.integration..",
                            "io.millrace.orchestrator.api..");

    @ArchTest
    static final ArchRule theLoopKnowsNoCloud =
            noClasses()
                    .that()
                    .resideInAnyPackage("..orchestrator.wakeup", "..orchestrator.timer")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("software.amazon..");

    @ArchTest
    static final ArchRule theApiIsTheOutermost =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..orchestrator.api")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..orchestrator.api");
}
