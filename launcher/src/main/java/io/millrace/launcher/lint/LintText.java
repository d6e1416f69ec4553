package io.millrace.launcher.lint;

import io.millrace.launcher.lint.Linted.Cost;
import io.millrace.launcher.lint.Linted.Run;
import io.millrace.stateslanguage.lint.Finding.Severity;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;

/** Writes for people and their editors, which know {@code file:line:column: error: …}. */
public final class LintText {

    private static final String ROW = "  %-34s %14s %14s%n";

    private final PrintWriter out;

    public LintText(PrintWriter out) {
        this.out = out;
    }

    public void write(Linted linted) {
        for (var found : linted.findings()) {
            out.printf(
                    Locale.ROOT,
                    "%s:%d:%d: %s: %s: %s (%s)%n",
                    linted.file(),
                    found.line(),
                    found.column(),
                    found.severity(),
                    found.code(),
                    found.message(),
                    found.path());
        }
        out.printf(
                Locale.ROOT,
                "%s: %d errors, %d warnings%n",
                linted.file(),
                linted.count(Severity.ERROR),
                linted.count(Severity.WARNING));
        linted.cost().ifPresent(this::cost);
    }

    private void cost(Cost cost) {
        out.printf(Locale.ROOT, ROW, "one run", "at least", "at most");
        row(cost, "state transitions", run -> number(run.stateTransitions()));
        row(cost, "seconds", run -> String.format(Locale.ROOT, "%,.1f", run.seconds()));
        row(cost, "here: DynamoDB write units", run -> number(run.here().dynamoDbWriteUnits()));
        row(cost, "here: DynamoDB read units", run -> number(run.here().dynamoDbReadUnits()));
        row(cost, "here: SQS requests", run -> number(run.here().sqsRequests()));
        out.println("  a million runs, in dollars");
        row(cost, "AWS Standard", run -> dollars(run.awsStandardDollars()));
        row(
                cost,
                "AWS Express",
                run -> run.awsExpressDollars().map(LintText::dollars).orElse("not possible"));
        row(cost, "here", run -> dollars(run.here().dollars()));
        out.printf(Locale.ROOT, "  at least: %s%n", cost.shortest().way());
        out.printf(Locale.ROOT, "  at most:  %s%n", cost.longest().way());
        var assumed = cost.assumed();
        out.printf(
                Locale.ROOT,
                "  assumed: no state fails; %,d items in each Map, and as many rounds of a loop at most; a task takes"
                        + " %s s; %,d bytes of input and of each result; %d MB of memory in Express; prices of"
                        + " us-east-1 without free tiers; not the services that tasks call%n",
                assumed.items(),
                assumed.taskSeconds(),
                assumed.payloadBytes(),
                assumed.memoryMb());
    }

    private void row(Cost cost, String what, Function<Run, String> value) {
        out.printf(
                Locale.ROOT, ROW, what, value.apply(cost.shortest()), value.apply(cost.longest()));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String dollars(double amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
