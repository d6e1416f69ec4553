package io.millrace.orchestrator.integration;

import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.ExecutionFailed;
import io.millrace.events.TraceParent;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Failure;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.SpanContexts;
import io.millrace.orchestrator.execution.TaskOutcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tells the error handler of executions that did not succeed. */
final class FailureReports {

    private static final URI SOURCE = URI.create("/millrace/orchestrator");

    private final boolean enabled;
    private final QueueSender sender;
    private final Supplier<String> queueUrl;
    private final EventJson json;
    private final Arns arns;

    FailureReports(
            boolean enabled,
            QueueSender sender,
            Supplier<String> queueUrl,
            EventJson json,
            Arns arns) {
        this.enabled = enabled;
        this.sender = sender;
        this.queueUrl = queueUrl;
        this.json = json;
        this.arns = arns;
    }

    TaskOutcome send(Head head) {
        if (enabled) {
            var entry =
                    SendMessageBatchRequestEntry.builder()
                            .messageBody(
                                    new String(json.write(event(head)), StandardCharsets.UTF_8));
            SpanContexts.execution(head)
                    .ifPresent(trace ->
                            entry.messageAttributes(
                                    Map.of(TraceParent.NAME, SqsIntegration.text(trace))));
            sender.send(queueUrl.get(), entry).join();
        }
        return new TaskOutcome.Done(Datum.of(JsonNodeFactory.instance.objectNode()));
    }

    private Event<ExecutionFailed> event(Head head) {
        var arn = arns.execution(head.id());
        var failure = head.failure();
        var reason = failure.map(Failure::reason);
        var data =
                new ExecutionFailed(
                        arn,
                        arns.stateMachine(head.id().stateMachine()),
                        head.status().name(),
                        reason.flatMap(why -> why.error()).orElse(""),
                        reason.flatMap(why -> why.cause()).orElse(""),
                        failure.flatMap(Failure::state).orElse(""),
                        failure.map(Failure::attempts).orElse(0),
                        head.input().node());
        return Event.of(arn, SOURCE, head.endedAt().orElse(head.startedAt()), data)
                .withTrace(SpanContexts.execution(head).flatMap(TraceParent::parse));
    }
}
