package io.millrace.systemtests;

import static org.awaitility.Awaitility.await;

import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.FailureRecord;
import io.millrace.events.ResultStored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at AWS until what has to come has come. */
final class Eyes {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final JsonMapper JSON = new JsonMapper();

    private final Pipeline pipeline;

    Eyes(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** What {@code look} finds, as soon as it finds something. */
    static <T> T eventually(String what, Supplier<Optional<T>> look) {
        return await().alias(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(look::get, Optional::isPresent)
                .orElseThrow();
    }

    /** Executions of a state machine whose input satisfies the condition. */
    List<DescribeExecutionResponse> executions(String stateMachine, Predicate<JsonNode> input) {
        var states = pipeline.aws().stepFunctions();
        return states.listStateMachinesPaginator().stateMachines().stream()
                .filter(machine -> machine.name().equals(stateMachine))
                .flatMap(machine ->
                        states
                                .listExecutionsPaginator(request ->
                                        request.stateMachineArn(machine.stateMachineArn()))
                                .executions()
                                .stream())
                .map(item -> states.describeExecution(r -> r.executionArn(item.executionArn())))
                .filter(execution -> input.test(JSON.readTree(execution.input())))
                .toList();
    }

    /** The execution that an upload starts, once it has ended. */
    DescribeExecutionResponse endedExecutionOfUpload(String key) {
        return eventually(
                "the execution for " + key,
                () ->
                        executionsOfUpload(key).stream()
                                .filter(each -> each.status() != ExecutionStatus.RUNNING)
                                .findFirst());
    }

    List<DescribeExecutionResponse> executionsOfUpload(String key) {
        return executions("image", input -> input.path("key").asString("").equals(key));
    }

    /** The execution with an ARN, once it has ended. */
    DescribeExecutionResponse endedExecution(String arn) {
        return eventually(
                "the end of " + arn,
                () ->
                        Optional.of(
                                        pipeline.aws()
                                                .stepFunctions()
                                                .describeExecution(r -> r.executionArn(arn)))
                                .filter(each -> each.status() != ExecutionStatus.RUNNING));
    }

    List<HistoryEvent> history(String executionArn) {
        return pipeline
                .aws()
                .stepFunctions()
                .getExecutionHistoryPaginator(r -> r.executionArn(executionArn))
                .events()
                .stream()
                .toList();
    }

    /** The announcement of the one result whose id satisfies the condition. */
    Event<ResultStored> announced(String what, Predicate<String> resultId) {
        return eventually(
                "the announcement of " + what, () -> announcements(resultId).stream().findFirst());
    }

    List<Event<ResultStored>> announcements(Predicate<String> resultId) {
        return pipeline.observer().announced().values().stream()
                .filter(event -> event.data() instanceof ResultStored)
                .map(Eyes::stored)
                .filter(event -> resultId.test(event.data().resultId()))
                .toList();
    }

    @SuppressWarnings("unchecked") // the type of its data was tested
    private static Event<ResultStored> stored(Event<?> event) {
        return (Event<ResultStored>) event;
    }

    /** The record of the one failure that satisfies the condition. */
    FailureRecord deadLetter(String what, Predicate<FailureRecord> condition) {
        return eventually(
                "the dead letter of " + what, () -> deadLetters(condition).stream().findFirst());
    }

    List<FailureRecord> deadLetters(Predicate<FailureRecord> condition) {
        return pipeline.observer().deadLetters().values().stream()
                .map(Event::data)
                .filter(condition)
                .toList();
    }

    /** The item of a result. */
    Map<String, AttributeValue> item(String resultId) {
        return pipeline.aws()
                .dynamoDb()
                .getItem(request ->
                        request.tableName(pipeline.aws().name("ResultsTable"))
                                .key(Map.of("id", AttributeValue.fromS(resultId)))
                                .consistentRead(true))
                .item();
    }

    /** How many results have an id that starts so. */
    int items(String idPrefix) {
        return (int)
                pipeline
                        .aws()
                        .dynamoDb()
                        .scanPaginator(request ->
                                request.tableName(pipeline.aws().name("ResultsTable"))
                                        .consistentRead(true)
                                        .filterExpression("begins_with(id, :prefix)")
                                        .expressionAttributeValues(
                                                Map.of(":prefix", AttributeValue.fromS(idPrefix))))
                        .items()
                        .stream()
                        .count();
    }

    /** The archived document of a result. */
    JsonNode archived(ResultStored result) {
        return JSON.readTree(
                pipeline.aws()
                        .s3()
                        .getObjectAsBytes(r -> r.bucket(result.bucket()).key(result.key()))
                        .asByteArray());
    }

    List<S3Object> objects(String prefix) {
        return pipeline
                .aws()
                .s3()
                .listObjectsV2Paginator(request ->
                        request.bucket(pipeline.aws().name("ResultsBucket")).prefix(prefix))
                .contents()
                .stream()
                .toList();
    }

    /** Puts an event on a queue, as a stage would. */
    void send(String queue, Event<?> event) {
        send(queue, new String(new EventJson().write(event), StandardCharsets.UTF_8));
    }

    void send(String queue, String body) {
        var sqs = pipeline.aws().sqs();
        sqs.sendMessage(r -> r.queueUrl(pipeline.aws().queueUrl(queue)).messageBody(body));
    }
}
