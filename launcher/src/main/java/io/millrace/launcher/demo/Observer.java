package io.millrace.launcher.demo;

import io.millrace.events.BatchCompleted;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord;
import io.millrace.events.ResultStored;
import io.millrace.launcher.demo.Observations.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Looks at what lies in AWS, as anybody with credentials could, and subscribes to the topic. */
public final class Observer implements AutoCloseable {

    private static final int HIDDEN_SECONDS = 3600;
    private static final AttributeValue NONE = AttributeValue.fromS("");

    private final Aws aws;
    private final EventJson json = new EventJson();
    private final String subscriber;
    private final String deadLetters;
    private final Map<String, Event<?>> announced = new LinkedHashMap<>();
    private final Map<String, Event<FailureRecord>> dead = new LinkedHashMap<>();
    private int repeats;

    /** Subscribes a queue of its own to the topic. */
    public Observer(Aws aws, String name) {
        this.aws = aws;
        this.subscriber = aws.sqs().createQueue(request -> request.queueName(name)).queueUrl();
        this.deadLetters = aws.queueUrl("DeadLettersQueue");
        var arn =
                aws.sqs()
                        .getQueueAttributes(request ->
                                request.queueUrl(subscriber)
                                        .attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN);
        aws.sns()
                .subscribe(request ->
                        request.topicArn(aws.topicArn("NotificationsTopic"))
                                .protocol("sqs")
                                .endpoint(arn)
                                .attributes(Map.of("RawMessageDelivery", "true")));
    }

    /** Looks once more at everything. */
    Observations look(Observations before, Duration now) {
        receive();
        var counts = new EnumMap<Path, Map<Stage, Integer>>(Path.class);
        for (var path : Path.values()) {
            counts.put(path, new EnumMap<>(Stage.class));
        }
        executed(counts);
        stored(counts);
        archived(counts);
        var batches = 0;
        for (var event : announced.values()) {
            switch (event.data()) {
                case ResultStored result ->
                        count(counts, Path.ofKind(result.kind()), Stage.ANNOUNCED);
                case BatchCompleted _ -> batches++;
                default -> throw new IllegalStateException("unexpected notification " + event);
            }
        }
        dead.values().forEach(event -> count(counts, pathOf(event.data()), Stage.DEAD));
        return before.with(counts, batches, repeats, now);
    }

    /** Takes what was announced, and looks at the dead letters without taking them. */
    public synchronized void receive() {
        drain(subscriber, this::announced, true);
        drain(deadLetters, this::dead, false);
    }

    /** The records in the dead-letter queue, by id. */
    public synchronized Map<String, Event<FailureRecord>> deadLetters() {
        return Map.copyOf(dead);
    }

    /** Everything that was announced, by id. */
    public synchronized Map<String, Event<?>> announced() {
        return Map.copyOf(announced);
    }

    /** How often something came that had come before. */
    public synchronized int repeats() {
        return repeats;
    }

    private void executed(Map<Path, Map<Stage, Integer>> counts) {
        for (var machine : aws.stepFunctions().listStateMachinesPaginator().stateMachines()) {
            var path =
                    switch (machine.name()) {
                        case "image" -> Path.IMAGE;
                        case "webhook" -> Path.WEBHOOK;
                        default -> null;
                    };
            if (path == null) {
                continue;
            }
            aws
                    .stepFunctions()
                    .listExecutionsPaginator(
                            request -> request.stateMachineArn(machine.stateMachineArn()))
                    .executions()
                    .stream()
                    .map(ExecutionListItem::status)
                    .filter(status -> status != ExecutionStatus.RUNNING)
                    .forEach(_ -> count(counts, path, Stage.EXECUTED));
        }
    }

    private void stored(Map<Path, Map<Stage, Integer>> counts) {
        aws.dynamoDb()
                .scanPaginator(request ->
                        request.tableName(aws.name("ResultsTable"))
                                .projectionExpression("kind")
                                .consistentRead(true))
                .items()
                .forEach(item ->
                        count(
                                counts,
                                Path.ofKind(item.getOrDefault("kind", NONE).s()),
                                Stage.STORED));
    }

    private void archived(Map<Path, Map<Stage, Integer>> counts) {
        for (var path : Path.values()) {
            aws.s3()
                    .listObjectsV2Paginator(request ->
                            request.bucket(aws.name("ResultsBucket"))
                                    .prefix("archive/kind=%s/".formatted(path.kind())))
                    .contents()
                    .forEach(_ -> count(counts, path, Stage.ARCHIVED));
        }
    }

    private static void count(Map<Path, Map<Stage, Integer>> counts, Path path, Stage stage) {
        counts.computeIfAbsent(path, _ -> new EnumMap<>(Stage.class)).merge(stage, 1, Integer::sum);
    }

    private void announced(Message message) {
        var event = json.read(message.body().getBytes(StandardCharsets.UTF_8));
        if (announced.put(event.id(), event) != null) {
            repeats++;
        }
    }

    private void dead(Message message) {
        var event = json.read(message.body().getBytes(StandardCharsets.UTF_8), FailureRecord.class);
        if (dead.put(event.id(), event) != null) {
            repeats++;
        }
    }

    private static Path pathOf(FailureRecord failure) {
        var execution = failure.executionArn().orElse("");
        if (execution.contains(":image:")) {
            return Path.IMAGE;
        }
        if (execution.contains(":webhook:")) {
            return Path.WEBHOOK;
        }
        return failure.origin().contains("stream") ? Path.TABLE : Path.BATCH;
    }

    private void drain(String queue, Consumer<Message> each, boolean delete) {
        while (true) {
            var messages =
                    aws.sqs()
                            .receiveMessage(request ->
                                    request.queueUrl(queue)
                                            .maxNumberOfMessages(10)
                                            .waitTimeSeconds(0)
                                            .visibilityTimeout(HIDDEN_SECONDS))
                            .messages();
            if (messages.isEmpty()) {
                return;
            }
            messages.forEach(each);
            if (delete) {
                var entries =
                        messages.stream()
                                .map(message ->
                                        DeleteMessageBatchRequestEntry.builder()
                                                .id(message.messageId())
                                                .receiptHandle(message.receiptHandle())
                                                .build())
                                .toList();
                aws.sqs().deleteMessageBatch(request -> request.queueUrl(queue).entries(entries));
            }
        }
    }

    @Override
    public void close() {
        aws.sqs().deleteQueue(request -> request.queueUrl(subscriber));
    }
}
