package io.millrace.stateslanguage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses LANGUAGE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.millrace.stateslanguage");

    @Test
    void theLanguageImportsNoFramework() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.stateslanguage..",
                        "java..",
                        "org.jspecify.annotations",
                        "tools.jackson..",
                        "com.jayway.jsonpath..",
                        "com.dashjoin.jsonata..")
                .check(LANGUAGE);
    }

    @Test
    void conceptsDependOnOneAnotherOneWay() {
        slices().matching("io.millrace.stateslanguage.(*)..")
                .should()
                .beFreeOfCycles()
                .check(LANGUAGE);
    }

    @Test
    void eachExpressionLibraryStaysInItsPackage() {
        classes()
                .that()
                .resideOutsideOfPackage("io.millrace.stateslanguage.path")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("com.jayway..")
                .check(LANGUAGE);
        classes()
                .that()
                .resideOutsideOfPackage("io.millrace.stateslanguage.jsonata")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("com.dashjoin..")
                .check(LANGUAGE);
    }
}
