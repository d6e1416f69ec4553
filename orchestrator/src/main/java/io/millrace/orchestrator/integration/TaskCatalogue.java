package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.TaskResource;
import io.millrace.orchestrator.execution.TaskResource.Pattern;
import io.millrace.stateslanguage.lint.TaskResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The resources that tasks can name, without an orchestrator that runs: those that it calls, and
 * those that Step Functions has besides.
 */
public final class TaskCatalogue implements TaskResources {

    private static final String ELSEWHERE = "step-functions-tasks.txt";
    private static final String AWS_SDK = "aws-sdk:";

    /** What is further from what was written was hardly meant. */
    private static final int MISSPELLED = 2;

    private static final java.util.regex.Pattern SERVICE =
            java.util.regex.Pattern.compile("(arn:[^:]+:states:::)(.+)");

    private static final Map<String, Class<?>> APIS =
            Map.of(
                    "s3", S3Client.class,
                    "dynamodb", DynamoDbClient.class,
                    "sqs", SqsAsyncClient.class,
                    "sns", SnsClient.class,
                    "lambda", LambdaAsyncClient.class,
                    "eventbridge", EventBridgeClient.class,
                    "sfn", SfnClient.class);

    /** Which of the patterns an optimised integration has, and its parameters. */
    private record Optimised(Set<Pattern> patterns, Fields fields) {}

    private static final Set<Pattern> CALL = Set.of(Pattern.REQUEST_RESPONSE);
    private static final Set<Pattern> CALL_OR_TOKEN =
            Set.of(Pattern.REQUEST_RESPONSE, Pattern.WAIT_FOR_TASK_TOKEN);

    private static final Map<String, Optimised> OPTIMISED =
            Map.of(
                    "lambda:invoke", new Optimised(CALL_OR_TOKEN, LambdaIntegration.FIELDS),
                    "sqs:sendMessage", new Optimised(CALL_OR_TOKEN, SqsIntegration.FIELDS),
                    "sns:publish", new Optimised(CALL_OR_TOKEN, SnsIntegration.FIELDS),
                    "dynamodb:getItem",
                            new Optimised(CALL, fields(DynamoDbClient.class, "getItem")),
                    "dynamodb:putItem",
                            new Optimised(CALL, fields(DynamoDbClient.class, "putItem")),
                    "dynamodb:updateItem",
                            new Optimised(CALL, fields(DynamoDbClient.class, "updateItem")),
                    "dynamodb:deleteItem",
                            new Optimised(CALL, fields(DynamoDbClient.class, "deleteItem")),
                    "events:putEvents",
                            new Optimised(
                                    CALL_OR_TOKEN, fields(EventBridgeClient.class, "putEvents")),
                    "states:startExecution",
                            new Optimised(Set.of(Pattern.values()), StatesIntegration.FIELDS),
                    "http:invoke", new Optimised(CALL, HttpRequests.FIELDS));

    /** Without a service's name: the names of the actions, each with its suffixes. */
    private final Map<String, Set<String>> elsewhere;

    public TaskCatalogue() {
        this.elsewhere =
                lines().collect(
                                Collectors.toMap(
                                        line -> line.split(" ", 2)[0],
                                        line ->
                                                Arrays.stream(line.split(" "))
                                                        .skip(1)
                                                        .collect(Collectors.toSet())));
    }

    private static Stream<String> lines() {
        try (var in = TaskCatalogue.class.getResourceAsStream(ELSEWHERE)) {
            if (in == null) {
                throw new IOException("There is no resource " + ELSEWHERE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Found find(String resource) {
        return TaskResource.parse(resource)
                .flatMap(this::found)
                .orElseGet(() -> new Found.Nowhere(like(resource)));
    }

    private Optional<Found> found(TaskResource resource) {
        return switch (resource) {
            case TaskResource.Function _, TaskResource.Activity _ ->
                    Optional.of(new Found.Runs(Optional.empty()));
            case TaskResource.Service task ->
                    here(task)
                            .<Found>map(fields ->
                                    new Found.Runs(
                                            Optional.of(
                                                    new Parameters(
                                                            fields.taken(), fields.required()))))
                            .or(() ->
                                    isElsewhere(task)
                                            ? Optional.of(new Found.Elsewhere(instead()))
                                            : Optional.empty());
        };
    }

    private static Optional<Fields> here(TaskResource.Service task) {
        if (task.service().startsWith(AWS_SDK)) {
            return task.isJob()
                    ? Optional.empty()
                    : Optional.ofNullable(APIS.get(task.service().substring(AWS_SDK.length())))
                            .flatMap(api -> operation(api, task.action()))
                            .map(SdkOperation::fields);
        }
        return Optional.ofNullable(OPTIMISED.get(task.service() + ":" + task.action()))
                .filter(known -> known.patterns().contains(task.pattern()))
                .map(Optimised::fields);
    }

    private static Fields fields(Class<?> api, String action) {
        return operation(api, action).orElseThrow().fields();
    }

    private static Optional<SdkOperation> operation(Class<?> api, String action) {
        return SdkOperation.find(api, action, () -> api);
    }

    /** The operations of an API that no task calls are not known here: any may be meant. */
    private boolean isElsewhere(TaskResource.Service task) {
        if (task.service().startsWith(AWS_SDK)) {
            return !task.isJob()
                    && Character.isLowerCase(task.action().charAt(0))
                    && elsewhere.containsKey(task.service())
                    && !APIS.containsKey(task.service().substring(AWS_SDK.length()));
        }
        var suffixes = elsewhere.get(task.service() + ":" + task.action());
        return suffixes != null
                && (task.pattern() == Pattern.REQUEST_RESPONSE
                        || suffixes.contains(task.text().substring(task.action().length())));
    }

    private static String instead() {
        return "%s, %s<action> of %s, Lambda functions and activities"
                .formatted(
                        String.join(", ", new TreeSet<>(OPTIMISED.keySet())),
                        AWS_SDK,
                        String.join(", ", new TreeSet<>(APIS.keySet())));
    }

    private Optional<String> like(String resource) {
        var service = SERVICE.matcher(resource);
        if (!service.matches()) {
            return Optional.empty();
        }
        var written = service.group(2);
        return names().map(name -> Map.entry(name, distance(written, name)))
                .filter(each -> each.getValue() <= MISSPELLED)
                .min(
                        Comparator.comparingInt(Map.Entry<String, Integer>::getValue)
                                .thenComparing(Map.Entry::getKey))
                .map(each -> service.group(1) + each.getKey());
    }

    private Stream<String> names() {
        return Stream.of(
                        OPTIMISED.entrySet().stream()
                                .flatMap(each ->
                                        each.getValue().patterns().stream()
                                                .map(pattern -> each.getKey() + pattern.suffix())),
                        APIS.entrySet().stream()
                                .flatMap(each ->
                                        actions(each.getValue())
                                                .flatMap(action ->
                                                        Stream.of(
                                                                        Pattern.REQUEST_RESPONSE,
                                                                        Pattern.WAIT_FOR_TASK_TOKEN)
                                                                .map(pattern ->
                                                                        AWS_SDK
                                                                                + each.getKey()
                                                                                + ":"
                                                                                + action
                                                                                + pattern
                                                                                        .suffix()))),
                        elsewhere.entrySet().stream()
                                .filter(each -> !each.getKey().startsWith(AWS_SDK))
                                .flatMap(each ->
                                        Stream.concat(Stream.of(""), each.getValue().stream())
                                                .map(suffix -> each.getKey() + suffix)))
                .flatMap(Function.identity());
    }

    private static Stream<String> actions(Class<?> api) {
        return Arrays.stream(api.getMethods())
                .map(Method::getName)
                .distinct()
                .filter(name -> operation(api, name).isPresent());
    }

    /** How many letters to change, drop or add; their case counts for none. */
    static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MISSPELLED) {
            return MISSPELLED + 1;
        }
        var before = new int[other.length() + 1];
        Arrays.setAll(before, j -> j);
        for (var i = 1; i <= one.length(); i++) {
            var now = new int[other.length() + 1];
            now[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var same =
                        Character.toLowerCase(one.charAt(i - 1))
                                == Character.toLowerCase(other.charAt(j - 1));
                now[j] =
                        Math.min(
                                before[j - 1] + (same ? 0 : 1),
                                1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
