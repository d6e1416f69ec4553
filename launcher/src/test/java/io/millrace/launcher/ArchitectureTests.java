package io.millrace.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.PrintStream;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules, as the design draws them. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String[] SERVICES = {
        "io.millrace.orchestrator..",
        "io.millrace.imageprocessor..",
        "io.millrace.webhookhandler..",
        "io.millrace.datasync..",
        "io.millrace.batchjob..",
        "io.millrace.transformload..",
        "io.millrace.errorhandler.."
    };

    @ArchTest
    static final ArchRule theLanguageImportsNoFrameworkAndNoAws =
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace.stateslanguage..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..", "software.amazon..", "com.amazonaws..");

    @ArchTest
    static final ArchRule eventsKnowNoFramework =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.millrace.events..", "io.millrace.cloudresources..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "software.amazon..");

    @ArchTest
    static final ArchRule theBinderKnowsNothingOfMillrace =
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace.streambinderaws..")
                    .should()
                    .dependOnClassesThat(
                            JavaClass.Predicates.resideInAPackage("io.millrace..")
                                    .and(
                                            DescribedPredicate.not(
                                                    JavaClass.Predicates.resideInAPackage(
                                                            "io.millrace.streambinderaws.."))));

    @ArchTest
    static final ArchRule localCloudIsPlainJava =
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace.localcloud..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule aServiceReachesAnotherThroughQueuesOnly =
            slices().matching("io.millrace.(*)..")
                    .that(ServiceSlices.only(SERVICES))
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyThePackageStatemachineImportsSpringStatemachine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.orchestrator.statemachine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework.statemachine..");

    @ArchTest
    static final ArchRule whatIsForTestsIsUsedByNothingElse =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.millrace.statestestkit..",
                            "io.millrace.orchestrator.virtualtime..",
                            "io.millrace.localcloud.junit..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.millrace.statestestkit..",
                            "io.millrace.orchestrator.virtualtime..",
                            "io.millrace.localcloud.junit..",
                            "org.assertj..",
                            "org.junit..");

    @ArchTest
    static final ArchRule packagesOfAModuleFormNoCircles =
            slices().matching("io.millrace.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes()
                    .that()
                    .resideInAPackage("io.millrace..")
                    .should(
                            new ArchCondition<>("be in a @NullMarked package") {
                                @Override
                                public void check(JavaClass each, ConditionEvents events) {
                                    var marked =
                                            each.getPackage().isAnnotatedWith(NullMarked.class);
                                    events.add(
                                            new SimpleConditionEvent(
                                                    each,
                                                    marked,
                                                    each.getPackageName() + " is not @NullMarked"));
                                }
                            });

    @ArchTest
    static final ArchRule nothingPrintsPastTheLogger =
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace..")
                    .should()
                    .accessTargetWhere(
                            JavaAccess.Predicates.targetOwner(
                                            JavaClass.Predicates.equivalentTo(PrintStream.class))
                                    .as("a print stream is the target"));
}
