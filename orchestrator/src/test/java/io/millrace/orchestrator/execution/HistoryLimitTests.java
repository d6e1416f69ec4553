package io.millrace.orchestrator.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Environment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where AWS's limit on a history is kept. */
class HistoryLimitTests {

    private static final String LOOP =
            """
            {"StartAt": "Round", "States": {
              "Round": {"Type": "Pass", "Next": "Again"},
              "Again": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "Out"}], "Default": "Round"},
              "Out": {"Type": "Succeed"}}}
            """;

    @Test
    void theLastEventThatThereMayBeIsTheFailure() {
        var limit = 100;
        var head =
                runUntilItEnds(
                        new Bounds(30, 1_000_000, 262_144, limit, Duration.ofSeconds(10), 1));

        assertThat(head.status()).isEqualTo(Status.FAILED);
        assertThat(head.nextEvent()).isLessThanOrEqualTo(limit + 2);
        assertThat(head.failure())
                .hasValueSatisfying(failure -> {
                    assertThat(failure.reason().error()).contains("States.Runtime");
                    assertThat(failure.reason().cause())
                            .contains(
                                    "The execution reached the maximum number of history events (100).");
                });
    }

    private static Head runUntilItEnds(Bounds bounds) {
        var definition = new Definition("r", new DefinitionParser().parse(LOOP).orThrow());
        var ids = new AtomicLong();
        var engine =
                new Engine(
                        new StateEvaluator(Environment.system()),
                        new TaskTokens(new byte[32]),
                        new Arns("us-east-1", "000000000000"),
                        InstantSource.system(),
                        () -> Long.toString(ids.incrementAndGet()),
                        bounds);
        var turn =
                engine.start(
                        definition,
                        new Engine.Start(
                                new ExecutionId("loop", "one"),
                                "role",
                                Datum.of(JsonNodeFactory.instance.objectNode()),
                                Optional.empty(),
                                0,
                                Optional.empty()));
        while (turn.unfinished()) {
            turn = engine.wake(definition, turn.head(), List.of(new Signal.Due()));
        }
        return turn.head();
    }
}
