package io.millrace.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millrace.orchestrator.cost.Assumptions;
import io.millrace.orchestrator.cost.Prediction;
import io.millrace.orchestrator.cost.Usage;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.virtualtime.Outside;
import io.millrace.orchestrator.virtualtime.VirtualExecutions;
import io.millrace.orchestrator.virtualtime.VirtualTime;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.stateslanguage.evaluate.Inspector;
import io.millrace.stateslanguage.parse.DefinitionParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the linter predicts, beside what the engine asks of DynamoDB and what that would bill. */
class PredictedRequestsTests {

    private static final String FUNCTION =
            "\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:us-east-1:000000000000:function:f\"";
    private static final int PAYLOAD = 1000;

    private int commits;
    private double writes;
    private double reads;

    @Test
    void tenPassStatesAreOneCommit() {
        var states =
                IntStream.range(0, 10)
                        .mapToObj(i ->
                                "\"P%d\": {\"Type\": \"Pass\", \"Next\": \"P%d\"}"
                                        .formatted(i, i + 1))
                        .collect(Collectors.joining(","));

        compare(
                "{\"StartAt\": \"P0\", \"States\": {%s, \"P10\": {\"Type\": \"Succeed\"}}}"
                        .formatted(states),
                0);
        assertThat(commits).isEqualTo(1);
    }

    @Test
    void eachTaskIsACommitMore() {
        compare(
                """
                {"StartAt": "A", "States": {
                  "A": {%1$s, "Next": "B"}, "B": {%1$s, "Next": "Later"},
                  "Later": {"Type": "Wait", "Seconds": 600, "Next": "C"}, "C": {%1$s, "End": true}}}
                """
                        .formatted(FUNCTION),
                0);
        assertThat(commits).isEqualTo(5);
    }

    @Test
    void branchesAndIterationsShareTheirHead() {
        compareMost(
                """
                {"StartAt": "Both", "States": {
                  "Both": {"Type": "Parallel", "Next": "Each", "Branches": [
                    {"StartAt": "L", "States": {"L": {%1$s, "End": true}}},
                    {"StartAt": "R", "States": {"R": {%1$s, "End": true}}}]},
                  "Each": {"Type": "Map", "Items": "{%% [1..30] %%}", "QueryLanguage": "JSONata", "End": true, "ItemProcessor": {
                    "StartAt": "T", "States": {"T": {%1$s, "End": true}}}}}}
                """
                        .formatted(FUNCTION),
                30);
    }

    @Test
    void aFailureIsReportedBeforeTheLastCommit() {
        compare(
                """
                {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Bad"}}}
                """,
                0);
        assertThat(commits).isEqualTo(2);
    }

    @Test
    void eachChildOfADistributedMapIsAnExecution() {
        compareMost(
                """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "QueryLanguage": "JSONata", "Items": "{%% [1..12] %%}", "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "T", "States": {"T": {%s, "End": true}}}}}}
                """
                        .formatted(FUNCTION),
                12);
    }

    private void compare(String text, int items) {
        var meter = new MeteredDynamoDb();
        var predicted = predictAndRun(text, items, meter);

        assertThat(predicted.commits())
                .as("commits: %s", predicted)
                .isCloseTo(commits, withinPercentage(5));
        assertThat(predicted.writes())
                .as("write units: %s of %s", predicted, writes)
                .isCloseTo(writes, withinPercentage(20));
        assertThat(predicted.reads())
                .as("read units: %s of %s", predicted, reads)
                .isCloseTo(reads, withinPercentage(20));
    }

    /** Answers that come together share a commit: what is predicted is the most. */
    private void compareMost(String text, int items) {
        var predicted = predictAndRun(text, items, new MeteredDynamoDb());

        assertThat(commits).isPositive();
        assertThat(predicted.commits())
                .as("commits: %s", predicted)
                .isGreaterThanOrEqualTo(commits);
        assertThat(predicted.writes())
                .as("write units: %s of %s", predicted, writes)
                .isGreaterThanOrEqualTo(writes);
        assertThat(predicted.reads())
                .as("read units: %s of %s", predicted, reads)
                .isGreaterThanOrEqualTo(reads);
    }

    private Usage predictAndRun(String text, int items, MeteredDynamoDb meter) {
        var language = new DefinitionParser().parse(text).orThrow();
        var assumptions = new Assumptions(items, Duration.ofSeconds(1), PAYLOAD, 64);
        run(new Definition("revision", language), meter);
        return Prediction.of(language, assumptions).orElseThrow().shortest().usage();
    }

    private void run(Definition definition, MeteredDynamoDb meter) {
        var time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
        var executions =
                new VirtualExecutions(
                        definition,
                        time,
                        1,
                        new Arns("us-east-1", "000000000000"),
                        new Worker(),
                        new NoData(),
                        Inspector.NONE,
                        meter.journal());
        var id = new ExecutionId("machine", UUID.randomUUID().toString());
        executions.start(id, "arn:aws:iam::000000000000:role/role", payload("i"));
        while (executions.goOn(Instant.MAX)) {
            // Until nothing is left to be done, ever.
        }
        writes = meter.writes();
        reads = meter.reads();
        assertThat(executions.head(id).status()).isNotEqualTo(Status.RUNNING);
    }

    private static Datum payload(String letter) {
        return Datum.ofText("\"%s\"".formatted(letter.repeat(PAYLOAD - 2)));
    }

    private final class Worker implements Outside {
        private int calls;

        @Override
        public Optional<TaskOutcome> call(Head head, Effect.Call call) {
            calls++;
            return Optional.of(new TaskOutcome.Done(payload(String.valueOf((char) ('A' + calls)))));
        }

        @Override
        public void committed(Head head) {
            commits++;
        }
    }

    private static final class NoData implements MapRunData {
        @Override
        public Iterator<MapItem> read(MapRun.Service reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
            throw new UnsupportedOperationException();
        }
    }
}
