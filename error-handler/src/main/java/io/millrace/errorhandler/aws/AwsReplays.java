package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.deadletters.Replays;
import io.millrace.events.FailureRecord.Payload;
import io.millrace.events.TraceParent;
import io.millrace.events.TracingHeader;
import io.millrace.streambinderaws.payload.PayloadReference;
import io.millrace.streambinderaws.payload.PayloadStore;
import io.millrace.streambinderaws.payload.S3PayloadStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The ways back through Step Functions and SQS. */
public final class AwsReplays implements Replays {

    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}(\\.fifo)?");
    private static final Pattern STATE_MACHINE =
            Pattern.compile("arn:[^:]+:states:.+:stateMachine:.+");
    private static final Pattern OBJECT = Pattern.compile("s3://([^/]+)/(.+)");

    /** What every queue takes, SQS API reference, SendMessage, before August 2025. */
    private static final int LARGEST = 256 * 1024;

    /** Among so many events at its end is the entry of the state that failed. */
    private static final int LAST = 10;

    private static final String ENTERED = "_STATE_ENTERED";

    private final SfnClient stepFunctions;
    private final SqsClient sqs;
    private final PayloadStore payloads;
    private final Map<String, String> queueUrls = new ConcurrentHashMap<>();

    public AwsReplays(SfnClient stepFunctions, SqsClient sqs, S3Client s3) {
        this.stepFunctions = stepFunctions;
        this.sqs = sqs;
        this.payloads = new S3PayloadStore(() -> s3);
    }

    @Override
    public Outcome execution(
            String executionArn,
            String stateMachineArn,
            String name,
            Payload input,
            Optional<TraceParent> trace) {
        try {
            if (endedInFailState(executionArn)) {
                return again(
                        stateMachineArn,
                        name,
                        input,
                        trace,
                        "it ended in a Fail state, which fails again");
            }
            // The token makes a redrive that is asked for twice one redrive.
            stepFunctions.redriveExecution(
                    request -> request.executionArn(executionArn).clientToken(name));
            return new Outcome.Sent("redriven from the failed state");
        } catch (ExecutionNotRedrivableException | ExecutionDoesNotExistException e) {
            return again(stateMachineArn, name, input, trace, e.awsErrorDetails().errorMessage());
        }
    }

    /**
     * A redrive goes on in the state that failed: after a Catch that is the Fail state behind it.
     */
    private boolean endedInFailState(String executionArn) {
        return stepFunctions
                .getExecutionHistory(request ->
                        request.executionArn(executionArn).reverseOrder(true).maxResults(LAST))
                .events()
                .stream()
                .map(HistoryEvent::type)
                .filter(type -> type.name().endsWith(ENTERED))
                .findFirst()
                .filter(HistoryEventType.FAIL_STATE_ENTERED::equals)
                .isPresent();
    }

    private Outcome again(
            String stateMachineArn,
            String name,
            Payload input,
            Optional<TraceParent> trace,
            String reason) {
        return STATE_MACHINE.matcher(stateMachineArn).matches()
                ? begin(stateMachineArn, name, input, trace)
                : new Outcome.Refused(
                        "%s; its state machine is not known, so it cannot begin again"
                                .formatted(reason));
    }

    private Outcome begin(
            String stateMachineArn, String name, Payload input, Optional<TraceParent> trace) {
        try {
            stepFunctions.startExecution(request ->
                    request.stateMachineArn(stateMachineArn)
                            .name(name)
                            .input(text(input))
                            .traceHeader(
                                    trace.map(TracingHeader::of)
                                            .map(TracingHeader::value)
                                            .orElse(null)));
            return new Outcome.Sent("begun again as " + name);
        } catch (ExecutionAlreadyExistsException _) {
            return new Outcome.Sent("had begun again as " + name);
        } catch (StateMachineDoesNotExistException _) {
            return new Outcome.Refused("there is no %s any more".formatted(stateMachineArn));
        }
    }

    @Override
    public Outcome message(String queue, Payload body, Optional<TraceParent> trace) {
        if (!QUEUE.matcher(queue).matches()) {
            return new Outcome.Refused(
                    "it came from no queue but from '%s': mend it there, and drop this"
                            .formatted(queue));
        }
        try {
            var url =
                    queueUrls.computeIfAbsent(
                            queue,
                            name -> sqs.getQueueUrl(request -> request.queueName(name)).queueUrl());
            send(url, body, trace);
            return new Outcome.Sent("sent to " + queue);
        } catch (QueueDoesNotExistException _) {
            return new Outcome.Refused("there is no queue '%s'".formatted(queue));
        }
    }

    /** What is too large for a message goes as a reference to where it lies already. */
    private void send(String url, Payload body, Optional<TraceParent> trace) {
        var text = text(body);
        var bytes = text.getBytes(StandardCharsets.UTF_8).length;
        var place = body.location().map(AwsReplays::place).filter(_ -> bytes > LARGEST);
        sqs.sendMessage(request -> {
            var attributes = new HashMap<String, MessageAttributeValue>();
            trace.ifPresent(
                    of -> attributes.put(TraceParent.NAME, attribute("String", of.value())));
            place.ifPresent(_ ->
                    attributes.put(
                            PayloadReference.SIZE_ATTRIBUTE,
                            attribute("Number", String.valueOf(bytes))));
            request.queueUrl(url)
                    .messageBody(place.map(PayloadReference::body).orElse(text))
                    .messageAttributes(attributes);
        });
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private String text(Payload payload) {
        return payload.text()
                .orElseGet(() -> payloads.get(place(payload.location().orElseThrow())));
    }

    private static PayloadReference place(String location) {
        var object = OBJECT.matcher(location);
        if (!object.matches()) {
            throw new IllegalStateException(
                    "a payload lies at '%s', which is no s3:// address".formatted(location));
        }
        return new PayloadReference(object.group(1), object.group(2));
    }
}
