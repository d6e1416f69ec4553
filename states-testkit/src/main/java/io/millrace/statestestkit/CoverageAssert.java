package io.millrace.statestestkit;

import org.assertj.core.api.AbstractAssert;

/** Assertions on coverage; what fails shows the report. */
public final class CoverageAssert extends AbstractAssert<CoverageAssert, Coverage> {

    CoverageAssert(Coverage actual) {
        super(actual, CoverageAssert.class);
    }

    /** Every state was entered and every branch taken. */
    public CoverageAssert isComplete() {
        return isAtLeast(100);
    }

    /** So much of the states was entered, and so much of the branches taken. */
    public CoverageAssert isAtLeast(double percent) {
        return hasStates(percent).hasBranches(percent);
    }

    public CoverageAssert hasStates(double percent) {
        return check(actual.statesPercent() >= percent, percent, "states");
    }

    public CoverageAssert hasBranches(double percent) {
        return check(actual.branchesPercent() >= percent, percent, "branches");
    }

    private CoverageAssert check(boolean holds, double percent, String what) {
        if (!holds) {
            failWithMessage(
                    "Expecting %s %% of the %s to be covered:%n%s", percent, what, actual.report());
        }
        return this;
    }
}
