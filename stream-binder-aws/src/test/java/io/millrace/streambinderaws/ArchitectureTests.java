package io.millrace.streambinderaws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.millrace.streambinderaws",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule nothingKnowsTheRestOfMillrace =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            JavaClass.Predicates.resideInAPackage("io.millrace..")
                                    .and(
                                            JavaClass.Predicates.resideOutsideOfPackage(
                                                    "io.millrace.streambinderaws..")));

    @ArchTest
    static final ArchRule producersAndConsumersDoNotKnowEachOther =
            noClasses()
                    .that()
                    .resideInAPackage("..producer..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..consumer..");
}
