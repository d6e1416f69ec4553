package io.millrace.launcher;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.Slice;

/** Picks the slices that are services. */
final class ServiceSlices {

    private ServiceSlices() {}

    static DescribedPredicate<Slice> only(String... packages) {
        var service = JavaClass.Predicates.resideInAnyPackage(packages);
        return DescribedPredicate.describe("services", slice -> slice.stream().anyMatch(service));
    }
}
