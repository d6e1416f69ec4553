package io.millrace.orchestrator.trace;

import io.millrace.events.TraceParent;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.SpanContexts;
import io.millrace.orchestrator.execution.Status;
import io.millrace.orchestrator.execution.Stay;
import io.millrace.orchestrator.wakeup.ExecutionSpans;
import io.millrace.stateslanguage.error.StateError;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;

/**
 * Hands spans over whole: a state's when it is left, an execution's when it has ended. If a process
 * dies between a commit and that, the spans of that commit are missing.
 */
final class ExportedSpans implements ExecutionSpans {

    private static final String STATE_MACHINE = "aws.step_functions.state_machine.arn";
    private static final String EXECUTION = "aws.step_functions.execution.arn";
    private static final String ERROR = "error.type";

    private final Tracer tracer;
    private final Arns arns;

    ExportedSpans(Tracer tracer, Arns arns) {
        this.tracer = tracer;
        this.arns = arns;
    }

    @Override
    public void stayed(Head head, List<Stay> stays) {
        if (head.trace().flatMap(TraceParent::parse).isEmpty()) {
            return;
        }
        for (var stay : stays) {
            var parent =
                    stay.around()
                            .map(visit -> SpanContexts.stateSpan(head.id(), visit))
                            .orElseGet(() ->
                                    SpanContexts.executionSpan(head, head.redrives().count()));
            var span =
                    start(
                            builder(head, stay.state(), parent, stay.visit().enteredAt())
                                    .setAttribute("aws.step_functions.state.name", stay.state())
                                    .setAttribute("aws.step_functions.state.type", stay.type())
                                    .setAttribute(
                                            "aws.step_functions.state.retries",
                                            stay.visit().retryCount()),
                            SpanContexts.stateSpan(head.id(), stay.visit()));
            if (stay.end() != Stay.End.EXITED) {
                span.setStatus(StatusCode.ERROR, stay.end().name());
            }
            span.end(stay.until());
        }
    }

    @Override
    public void ended(Head head) {
        var started = head.trace().flatMap(TraceParent::parse);
        if (started.isEmpty()) {
            return;
        }
        var redrives = head.redrives().count();
        var builder =
                builder(
                        head,
                        head.id().stateMachine(),
                        started.get().spanId(),
                        head.redrives().at().orElse(head.startedAt()));
        if (redrives > 0) {
            builder.addLink(context(head, SpanContexts.executionSpan(head, redrives - 1)));
        }
        var span =
                start(
                        builder.setAttribute(
                                        "aws.step_functions.execution.status", head.status().name())
                                .setAttribute(
                                        "aws.step_functions.execution.redrive_count", redrives),
                        SpanContexts.executionSpan(head, redrives));
        if (head.status() != Status.SUCCEEDED) {
            var reason = head.failure().map(Failure::reason);
            span.setAttribute(ERROR, reason.flatMap(StateError::error).orElse("_OTHER"));
            span.setStatus(StatusCode.ERROR, reason.flatMap(StateError::cause).orElse(""));
        }
        span.end(head.endedAt().orElseThrow());
    }

    private SpanBuilder builder(Head head, String name, String parent, Instant start) {
        return tracer.spanBuilder(name)
                .setParent(Context.root().with(Span.wrap(context(head, parent))))
                .setStartTimestamp(start)
                .setAttribute(STATE_MACHINE, arns.stateMachine(head.id().stateMachine()))
                .setAttribute(EXECUTION, arns.execution(head.id()));
    }

    private static Span start(SpanBuilder builder, String id) {
        return GivenSpanIds.with(id, builder::startSpan);
    }

    private static SpanContext context(Head head, String span) {
        var trace = new TraceParent(head.trace().orElseThrow());
        return SpanContext.createFromRemoteParent(
                trace.traceId(),
                span,
                TraceFlags.fromHex(trace.flags(), 0),
                TraceState.getDefault());
    }
}
