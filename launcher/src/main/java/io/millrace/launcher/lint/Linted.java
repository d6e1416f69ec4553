package io.millrace.launcher.lint;

import io.millrace.orchestrator.cost.Assumptions;
import io.millrace.orchestrator.cost.Prediction;
import io.millrace.orchestrator.cost.Prices;
import io.millrace.orchestrator.cost.Usage;
import io.millrace.orchestrator.integration.TaskCatalogue;
import io.millrace.stateslanguage.lint.Finding;
import io.millrace.stateslanguage.lint.Finding.Severity;
import io.millrace.stateslanguage.lint.Linter;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import io.millrace.stateslanguage.parse.ExpressRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that was looked through.
 *
 * @param cost empty if there are errors, or no run ends unless a state fails
 */
public record Linted(String file, List<Found> findings, Optional<Cost> cost) {

    /** Step Functions ends an Express execution after this time. */
    private static final Duration EXPRESS_LIMIT = Duration.ofMinutes(5);

    /** An asynchronous start lies on a queue until the execution has ended. */
    private static final int REQUESTS_OF_AN_EXPRESS_START = 3;

    /** A finding as users of the JSON see it. */
    public record Found(
            String severity, String code, int line, int column, String path, String message) {

        static Found of(Finding finding) {
            return new Found(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.code(),
                    finding.place().line(),
                    finding.place().column(),
                    finding.path(),
                    finding.message());
        }
    }

    /** What a run costs: dollars are those of a million. */
    public record Cost(Assumed assumed, Run shortest, Run longest) {}

    public record Assumed(int items, double taskSeconds, int payloadBytes, int memoryMb) {}

    /**
     * A run.
     *
     * @param awsExpressDollars empty where the definition is none for Express workflows
     */
    public record Run(
            String way,
            long stateTransitions,
            double seconds,
            double awsStandardDollars,
            Optional<Double> awsExpressDollars,
            Here here) {}

    /** What it takes here. */
    public record Here(
            long dynamoDbWriteUnits, long dynamoDbReadUnits, long sqsRequests, double dollars) {}

    public static Linted of(String file, String text, boolean express, Assumptions assumptions) {
        var report = new Linter(new TaskCatalogue()).lint(text, express);
        return new Linted(
                file,
                report.findings().stream().map(Found::of).toList(),
                report.definition().flatMap(definition -> cost(definition, express, assumptions)));
    }

    public long count(Severity severity) {
        var name = severity.name().toLowerCase(Locale.ROOT);
        return findings.stream().filter(found -> found.severity().equals(name)).count();
    }

    private static Optional<Cost> cost(
            StateMachineDefinition definition, boolean express, Assumptions assumptions) {
        var canBeExpress = ExpressRules.check(definition).isEmpty();
        return Prediction.of(definition, assumptions)
                .map(prediction ->
                        new Cost(
                                new Assumed(
                                        assumptions.items(),
                                        assumptions.task().toMillis() / 1000.0,
                                        assumptions.payload(),
                                        assumptions.memory()),
                                run(prediction.shortest(), express, canBeExpress, assumptions),
                                run(prediction.longest(), express, canBeExpress, assumptions)));
    }

    private static Run run(
            Prediction.Run run, boolean express, boolean canBeExpress, Assumptions assumptions) {
        var usage = run.usage();
        var memory = assumptions.memory();
        return new Run(
                run.way(),
                Math.round(usage.transitions()),
                usage.duration().toMillis() / 1000.0,
                Prices.standard(usage, memory),
                canBeExpress && usage.duration().compareTo(EXPRESS_LIMIT) <= 0
                        ? Optional.of(Prices.express(usage, memory))
                        : Optional.empty(),
                express ? inMemory() : here(usage));
    }

    private static Here here(Usage usage) {
        return new Here(
                Math.round(usage.writes()),
                Math.round(usage.reads()),
                Math.round(usage.messages()),
                Prices.here(usage));
    }

    private static Here inMemory() {
        return new Here(
                0,
                0,
                REQUESTS_OF_AN_EXPRESS_START,
                REQUESTS_OF_AN_EXPRESS_START * Prices.MILLION_MESSAGES);
    }
}
