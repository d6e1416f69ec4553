package io.millrace.errorhandler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.errorhandler.aws.AwsReplays;
import io.millrace.errorhandler.aws.SqsDeadLetters;
import io.millrace.errorhandler.deadletters.DeadLetter;
import io.millrace.errorhandler.deadletters.DeadLetters;
import io.millrace.errorhandler.deadletters.DeadLetters.Replayed;
import io.millrace.errorhandler.deadletters.Filter;
import io.millrace.errorhandler.deadletters.Replays.Outcome;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord;
import io.millrace.events.FailureRecord.Payload;
import io.millrace.events.TraceParent;
import io.millrace.streambinderaws.payload.PayloadReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;

/** Replays between real queues. */
class ReplayTests {

    private static final TraceParent TRACE =
            new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private static final EventJson EVENTS = new EventJson();

    private final StepFunctions stepFunctions = new StepFunctions();
    private final String origin = "origin-" + UUID.randomUUID();
    private final String originUrl =
            Cloud.SQS.createQueue(request -> request.queueName(origin)).queueUrl();
    private final String deadLettersUrl =
            Cloud.SQS
                    .createQueue(request -> request.queueName("dead-" + UUID.randomUUID()))
                    .queueUrl();
    private final DeadLetters letters =
            new DeadLetters(
                    new SqsDeadLetters(Cloud.SQS, deadLettersUrl, Duration.ZERO),
                    new AwsReplays(
                            Cloud.stepFunctions(stepFunctions.endpoint()), Cloud.SQS, Cloud.S3));

    @AfterEach
    void stop() {
        stepFunctions.close();
    }

    @Test
    void aMessageGoesBackWordForWord() {
        put(origin, Payload.text("{\"no\": 1}"));
        put("elsewhere", Payload.text("{\"no\": 2}"));

        var replayed = replay(filter(origin));

        assertThat(replayed).containsExactly(new Outcome.Sent("sent to " + origin));
        assertThat(Cloud.take(originUrl)).extracting(Message::body).containsExactly("{\"no\": 1}");
        assertThat(letters.list(Filter.ALL, 10)).extracting(DeadLetter::group).hasSize(1);
    }

    @Test
    void aMessageBelongsToTheTraceOfWhatFailed() {
        put(origin, Payload.text("x"));

        replay(Filter.ALL);

        assertThat(Cloud.take(originUrl))
                .extracting(message -> message.messageAttributes().get("traceparent").stringValue())
                .containsExactly(TRACE.value());
    }

    @Test
    void aLongPayloadIsFetchedFromWhereItLies() {
        var key = "failures/" + UUID.randomUUID();
        Cloud.S3.putObject(
                request -> request.bucket("millrace-results").key(key),
                RequestBody.fromString("long ago"));
        put(origin, Payload.at("s3://millrace-results/" + key));

        replay(Filter.ALL);

        assertThat(Cloud.take(originUrl)).extracting(Message::body).containsExactly("long ago");
    }

    @Test
    void whatNoMessageCarriesGoesAsAReferenceToWhereItLies() {
        var place = new PayloadReference("millrace-results", "failures/" + UUID.randomUUID());
        Cloud.S3.putObject(
                request -> request.bucket(place.bucket()).key(place.key()),
                RequestBody.fromString("x".repeat(256 * 1024 + 1)));
        put(origin, Payload.at(place.toString()));

        replay(Filter.ALL);

        assertThat(Cloud.take(originUrl))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.body()).isEqualTo(place.body());
                    assertThat(message.messageAttributes())
                            .containsKey(PayloadReference.SIZE_ATTRIBUTE);
                });
    }

    @Test
    void whatCameFromNoQueueStays() {
        put("s3://millrace-batches/orders.csv#17", Payload.text("x"));
        put("a-queue-that-is-gone", Payload.text("x"));

        assertThat(replay(Filter.ALL)).hasSize(2).hasOnlyElementsOfType(Outcome.Refused.class);
        assertThat(letters.list(Filter.ALL, 10)).hasSize(2);
    }

    @Test
    void manyAreReadThroughAndExactlyThoseThatFitAreReplayed() {
        IntStream.range(0, 60)
                .forEach(no -> put(no % 3 == 0 ? origin : "elsewhere", Payload.text("" + no)));

        assertThat(replay(filter(origin))).hasSize(20).hasOnlyElementsOfType(Outcome.Sent.class);
        assertThat(letters.list(Filter.ALL, 100)).hasSize(40);
    }

    @Test
    void aFailedExecutionIsRedriven() {
        putExecution("arn:redrivable");

        assertThat(replay(Filter.ALL))
                .containsExactly(new Outcome.Sent("redriven from the failed state"));
        assertThat(stepFunctions.calls).containsEntry("arn:redrivable", 1);
    }

    @Test
    void whatCannotBeRedrivenBeginsAgainOnce() {
        putExecution("arn:too-old");
        putExecution("arn:too-old");

        assertThat(replay(Filter.ALL)).hasSize(2).hasOnlyElementsOfType(Outcome.Sent.class);

        assertThat(stepFunctions.answers)
                .singleElement()
                .satisfies(start -> {
                    assertThat(start.path("input").asString()).isEqualTo("{}");
                    assertThat(start.path("traceHeader").asString())
                            .isEqualTo(
                                    "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1");
                });
    }

    @Test
    void whatWasCaughtAndEndedInAFailStateBeginsAgainAsARedriveWouldFailThereAgain() {
        putExecution("arn:redrivable:caught");

        assertThat(replay(Filter.ALL))
                .singleElement(InstanceOfAssertFactories.type(Outcome.Sent.class))
                .satisfies(sent -> assertThat(sent.how()).startsWith("begun again"));
        assertThat(stepFunctions.calls).doesNotContainKey("arn:redrivable:caught");
        assertThat(stepFunctions.answers).hasSize(1);
    }

    private void putExecution(String arn) {
        put(
                "failure/" + arn,
                "arn:aws:states:us-east-1:000000000000:stateMachine:image",
                Payload.text("{}"),
                Optional.of(arn));
    }

    private List<Outcome> replay(Filter filter) {
        return letters.replay(filter, 100, () -> {}, _ -> {}).stream()
                .map(Replayed::outcome)
                .toList();
    }

    private static Filter filter(String origin) {
        return new Filter(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(origin),
                Optional.empty(),
                Optional.empty());
    }

    private void put(String from, Payload payload) {
        put("failure/" + UUID.randomUUID(), from, payload, Optional.empty());
    }

    private void put(String id, String from, Payload payload, Optional<String> execution) {
        var now = Instant.parse("2026-11-25T12:00:00Z");
        var failure =
                new FailureRecord(
                        from,
                        "Broken",
                        "because",
                        payload,
                        Optional.empty(),
                        execution,
                        Optional.empty(),
                        5,
                        now);
        var event = Event.of(id, URI.create("/tests"), now, failure).withTrace(Optional.of(TRACE));
        Cloud.SQS.sendMessage(request ->
                request.queueUrl(deadLettersUrl)
                        .messageBody(new String(EVENTS.write(event), StandardCharsets.UTF_8)));
    }
}
