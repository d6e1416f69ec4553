package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.TraceParent;
import io.millrace.lambdaadapter.OtlpReceiver.Received;
import io.millrace.launcher.Part;
import io.millrace.launcher.demo.Photographs;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace from what triggers to what is announced, as a receiver of OTLP sees it. */
@ExtendWith(WithPipeline.class)
class TracePathTests {

    /** So many times in a row no reader comes last. */
    private static final int MOST_BATCHES = 5;

    private final Pipeline pipeline;
    private final Eyes eyes;

    TracePathTests(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.eyes = new Eyes(pipeline);
    }

    @BeforeEach
    void somethingReceivesTraces() {
        assumeThat(pipeline.receiver()).isPresent();
    }

    @Test
    void anUploadIsOneTraceUpToItsAnnouncement() {
        var key = "traces/" + UUID.randomUUID() + ".jpg";
        pipeline.triggers().upload(key, new Photographs(1).landscape(400, 300), "image/jpeg");
        assertOneTrace(
                eyes.announced(key, id -> id.contains(key)),
                "image-processor uploads receive",
                "image-processor uploads receive > image-processor executions send",
                "image-processor executions send > orchestrator executions receive",
                "orchestrator executions receive > orchestrator image",
                "orchestrator image > orchestrator RenderImage",
                "orchestrator RenderImage > image-processor task-render-image receive",
                "orchestrator image > orchestrator Processing complete?",
                "orchestrator image > orchestrator Load",
                "orchestrator Load > transform-load load receive",
                "image-processor task-render-image receive > image-processor task-results send",
                "image-processor task-results send > orchestrator task-results receive",
                "transform-load load receive > transform-load notifications send");
    }

    @Test
    void aWebhookIsOneTraceUpToItsAnnouncement() throws Exception {
        var id = webhook("{\"type\":\"order.created\",\"data\":{\"order\":1}}");
        assertOneTrace(
                eyes.announced(id, each -> each.endsWith("/" + id)),
                "webhook-handler http post /webhooks/{source}",
                "webhook-handler executions send > orchestrator executions receive",
                "orchestrator webhook > orchestrator HandleEvent",
                "orchestrator HandleEvent > webhook-handler task-handle-event receive",
                "orchestrator Load > transform-load load receive",
                "webhook-handler task-handle-event receive > webhook-handler task-results send",
                "webhook-handler task-results send > orchestrator task-results receive",
                "transform-load load receive > transform-load notifications send");
    }

    @Test
    void aFailureIsOneTraceUpToItsDeadLetter() throws Exception {
        var id = webhook("{\"data\":{\"order\":1}}");
        var letter =
                Eyes.eventually(
                        "the dead letter of " + id,
                        () ->
                                pipeline.observer().deadLetters().values().stream()
                                        .filter(each -> each.data().toString().contains(id))
                                        .findFirst());
        assertOneTrace(
                letter,
                "webhook-handler http post /webhooks/{source}",
                "orchestrator webhook > error-handler failures receive",
                "error-handler failures receive > error-handler dead-letters send");
    }

    @Test
    void aChangeOfTheTableIsOneTraceUpToItsAnnouncement() {
        var customer = "traced#" + UUID.randomUUID();
        pipeline.triggers()
                .write(Map.of("pk", customer, "sk", "profile", "type", "customer", "name", "x"));
        assertOneTrace(
                eyes.announced(customer, id -> eyes.item(id).toString().contains(customer)),
                "data-sync millrace.data.sync.page",
                "data-sync millrace.data.sync.page > data-sync load send",
                "data-sync load send > transform-load load receive",
                "transform-load load receive > transform-load notifications send");
    }

    @Test
    void theEndOfABatchLinksToItsLinesWhichAreOneTraceWithItsStart() throws Exception {
        pipeline.add(Part.BATCH_JOB, Map.of());
        var batch = batchWhoseLineCameLast();
        assertOneTrace(
                batch.line(),
                "batch-job http post /jobs",
                "batch-job http post /jobs > batch-job millrace.batch.read",
                "batch-job millrace.batch.read > batch-job work-items send",
                "batch-job work-items send > transform-load work-items receive",
                "transform-load work-items receive > transform-load work-done send");
        await().untilAsserted(() -> {
            var handling = named(trace(batch.end()).values(), "batch-job work-done process");
            var sent = named(trace(batch.line()).values(), "transform-load work-done send");
            assertThat(handling.links()).contains(sent.id());
        });
    }

    private record Batch(Event<?> line, Event<?> end) {}

    /**
     * A line can be done before the reader has noted the end of its file: then the reader tells of
     * the end, in the trace of the start, and no handling is there to link to the line.
     */
    private Batch batchWhoseLineCameLast() throws Exception {
        for (var attempt = 0; attempt < MOST_BATCHES; attempt++) {
            var batch = batch();
            if (!traceId(batch.end()).equals(traceId(batch.line()))) {
                return batch;
            }
        }
        throw new AssertionError("the end of every batch is in the trace of its line");
    }

    private Batch batch() throws Exception {
        var key = "traces/" + UUID.randomUUID() + ".jsonl";
        pipeline.triggers()
                .layOut(
                        key,
                        "{\"id\":\"a\",\"price\":1}\n".getBytes(StandardCharsets.UTF_8),
                        "application/jsonl");
        var started = pipeline.triggers().startBatch(pipeline.service(Part.BATCH_JOB), key, key);
        var job = started.headers().firstValue("location").orElseThrow();
        var line = eyes.announced(key, id -> job.endsWith(id.substring(0, id.indexOf('/'))));
        var end =
                Eyes.eventually(
                        "the end of " + job,
                        () ->
                                pipeline.observer().announced().values().stream()
                                        .filter(event -> isEnd(event, job))
                                        .findFirst());
        return new Batch(line, end);
    }

    private static boolean isEnd(Event<?> event, String job) {
        return event.data() instanceof BatchCompleted batch && job.endsWith(batch.job());
    }

    private String webhook(String body) throws Exception {
        var id = "msg_" + UUID.randomUUID();
        var handler = pipeline.service(Part.WEBHOOK_HANDLER);
        var response = pipeline.triggers().webhook(handler, pipeline.secret(), id, body);
        assertThat(response.statusCode()).isEqualTo(202);
        return id;
    }

    /** That the trace of an event has one root, no parent that is unknown, and those hops. */
    private void assertOneTrace(Event<?> event, String root, String... hops) {
        await().alias("the trace of " + event)
                .untilAsserted(() -> {
                    var spans = trace(event);
                    assertThat(
                                    spans.values().stream()
                                            .filter(span -> !spans.containsKey(span.parent()))
                                            .map(this::label))
                            .containsExactly(root);
                    assertThat(
                                    spans.values().stream()
                                            .filter(span -> spans.containsKey(span.parent()))
                                            .map(span -> hop(spans.get(span.parent()), span)))
                            .contains(hops);
                });
    }

    /** What came so far of the trace of an event, by id. */
    private Map<String, Received> trace(Event<?> event) {
        var trace = traceId(event);
        return pipeline.receiver().orElseThrow().spans().stream()
                .filter(span -> span.trace().equals(trace))
                .collect(Collectors.toMap(Received::id, Function.identity()));
    }

    private static String traceId(Event<?> event) {
        return event.trace().map(TraceParent::traceId).orElseThrow();
    }

    private Received named(Collection<Received> spans, String label) {
        var found = spans.stream().filter(span -> label(span).equals(label)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private String hop(Received from, Received to) {
        return "%s > %s".formatted(label(from), label(to));
    }

    private String label(Received span) {
        return "%s %s".formatted(span.service(), span.name().replace(pipeline.prefix(), ""));
    }
}
