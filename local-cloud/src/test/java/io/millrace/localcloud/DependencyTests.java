package io.millrace.localcloud;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyTests {

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.millrace.localcloud");

    @Test
    void springIsNotNeeded() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(classes);
    }

    @Test
    void jUnitIsForTestsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "io.millrace.localcloud.junit..")
                .check(classes);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.millrace.localcloud.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void eachPartIsKnownToItsOwnPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..queues..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.elasticmq..", "org.apache.pekko..", "scala..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackages("..buckets..", "..junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.gaul..", "software.amazon.awssdk.services.s3..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("..tables..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.dynamodb..")
                .check(classes);
    }
}
