package io.millrace.orchestrator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Bounds;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.SpanContexts;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.execution.Turn;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.orchestrator.virtualtime.VirtualTime;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.scope.Environment;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An execution and its states are spans whose ids are known before they end. */
class ExportedSpansTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String STARTER = "b7ad6b7169203331";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final Arns arns = new Arns("us-east-1", "000000000000");
    private final Engine engine =
            new Engine(
                    new StateEvaluator(new Environment(time, new Random(1), UUID::randomUUID)),
                    new TaskTokens(new byte[32]),
                    arns,
                    time,
                    () -> "nonce",
                    Bounds.DEFAULT);
    private final InMemorySpanExporter kept = InMemorySpanExporter.create();
    private final ExportedSpans exported =
            new ExportedSpans(
                    SdkTracerProvider.builder()
                            .setIdGenerator(new GivenSpanIds(IdGenerator.random()))
                            .addSpanProcessor(SimpleSpanProcessor.create(kept))
                            .build()
                            .get("test"),
                    arns);

    @Test
    void statesAreSpansOfTheExecutionAndTheExecutionIsOneOfWhatStartedIt() {
        var turn =
                start(
                        """
                        {"StartAt": "One", "States": {
                          "One": {"Type": "Pass", "Next": "Two"},
                          "Two": {"Type": "Succeed"}}}
                        """,
                        "01");
        export(turn);
        assertThat(spans()).extracting(SpanData::getName).containsExactly("One", "Two", "machine");
        assertThat(spans()).extracting(SpanData::getTraceId).containsOnly(TRACE);
        var execution = span("machine");
        assertThat(execution.getParentSpanId()).isEqualTo(STARTER);
        assertThat(span("One").getParentSpanId()).isEqualTo(execution.getSpanId());
        assertThat(span("Two").getParentSpanId()).isEqualTo(execution.getSpanId());
        assertThat(execution.getAttributes().asMap().toString())
                .contains("arn:aws:states:us-east-1:000000000000:execution:machine:execution");
    }

    @Test
    void aTaskThatWaitsKnowsTheSpanThatItsStateWillBe() {
        var definition =
                definition(
                        """
                        {"StartAt": "Work", "States": {
                          "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                            "Parameters": {"QueueUrl": "q", "MessageBody": "m"}, "End": true}}}
                        """);
        var waiting = engine.start(definition, start("01"));
        var call = (Effect.Call) waiting.send().getFirst();
        var told = SpanContexts.state(waiting.head(), call.frame()).orElseThrow();
        time.moveTo(START.plus(Duration.ofDays(30)));
        var done =
                engine.wake(
                        definition,
                        waiting.head(),
                        List.of(
                                new Signal.Called(
                                        call.id(), new TaskOutcome.Done(Datum.ofText("{}")))));
        export(done);
        var work = span("Work");
        assertThat(told).isEqualTo("00-%s-%s-01".formatted(TRACE, work.getSpanId()));
        assertThat(Duration.ofNanos(work.getEndEpochNanos() - work.getStartEpochNanos()))
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void statesWithinAParallelAreItsSpansAndThoseThatFailSaySo() {
        export(
                start(
                        """
                        {"StartAt": "Both", "States": {
                          "Both": {"Type": "Parallel", "Next": "Done",
                            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}],
                            "Branches": [
                              {"StartAt": "Waits", "States": {
                                "Waits": {"Type": "Wait", "Seconds": 60, "End": true}}},
                              {"StartAt": "Fails", "States": {"Fails": {"Type": "Fail"}}}]},
                          "Done": {"Type": "Succeed"}}}
                        """,
                        "01"));
        var both = span("Both");
        assertThat(span("Waits").getParentSpanId()).isEqualTo(both.getSpanId());
        assertThat(span("Fails").getParentSpanId()).isEqualTo(both.getSpanId());
        assertThat(span("Fails").getStatus().getDescription()).isEqualTo("FAILED");
        assertThat(both.getStatus().getDescription()).isEqualTo("CAUGHT");
        assertThat(span("Done").getStatus().getDescription()).isEmpty();
    }

    @Test
    void aRedriveIsASpanOfItsOwnThatLinksToTheOneBefore() {
        var definition =
                definition(
                        """
                        {"StartAt": "Work", "States": {
                          "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                            "Parameters": {"QueueUrl": "q", "MessageBody": "m"}, "End": true}}}
                        """);
        var waiting = engine.start(definition, start("01"));
        var failed = engine.wake(definition, waiting.head(), List.of(called(waiting, failure())));
        export(failed);
        time.moveTo(START.plus(Duration.ofHours(1)));
        var again =
                engine.wake(
                        definition,
                        failed.head(),
                        List.of(new Signal.Redriven(Optional.empty(), 0)));
        export(
                engine.wake(
                        definition,
                        again.head(),
                        List.of(called(again, new TaskOutcome.Done(Datum.ofText("{}"))))));
        var executions = spans().stream().filter(span -> span.getName().equals("machine")).toList();
        assertThat(executions).hasSize(2);
        assertThat(executions.getFirst().getAttributes().asMap().toString()).contains("Broken");
        assertThat(executions.getLast().getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(context -> context.getSpanId())
                .containsExactly(executions.getFirst().getSpanId());
        assertThat(spans()).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotSampledAndWhatBelongsToNoTraceIsNoSpan() {
        var pass = "{\"StartAt\": \"One\", \"States\": {\"One\": {\"Type\": \"Succeed\"}}}";
        export(start(pass, "00"));
        export(engine.start(definition(pass), start(Optional.empty())));
        assertThat(spans()).isEmpty();
    }

    private static TaskOutcome failure() {
        return new TaskOutcome.Failed(StateError.of("Broken", "it is broken"));
    }

    private static Signal called(Turn turn, TaskOutcome outcome) {
        return new Signal.Called(turn.send().getFirst().id(), outcome);
    }

    private Turn start(String definition, String flags) {
        return engine.start(definition(definition), start(flags));
    }

    private static Engine.Start start(String flags) {
        return start(Optional.of("00-%s-%s-%s".formatted(TRACE, STARTER, flags)));
    }

    private static Engine.Start start(Optional<String> trace) {
        return new Engine.Start(
                new ExecutionId("machine", "execution"),
                "role",
                Datum.ofText("{}"),
                trace,
                0,
                Optional.empty());
    }

    private static Definition definition(String text) {
        return new Definition("revision", new DefinitionParser().parse(text).orThrow());
    }

    private void export(Turn turn) {
        exported.stayed(turn.head(), turn.stays());
        if (turn.ended()) {
            exported.ended(turn.head());
        }
    }

    private List<SpanData> spans() {
        return kept.getFinishedSpanItems();
    }

    private SpanData span(String name) {
        return spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
