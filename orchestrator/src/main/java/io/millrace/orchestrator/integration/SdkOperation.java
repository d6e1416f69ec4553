package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.integration.UnsuitableParameters.Problems;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.traits.RequiredTrait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An operation of a service's API, found by its name in the client that the AWS SDK has for it. */
final class SdkOperation {

    private static final String BODY = "Body";

    private final Class<?> request;
    private final Method method;
    private final Supplier<?> client;

    private SdkOperation(Class<?> request, Method method, Supplier<?> client) {
        this.request = request;
        this.method = method;
        this.client = client;
    }

    /**
     * @param api the client's interface
     * @param client makes or finds the client when it is first needed
     */
    static Optional<SdkOperation> find(Class<?> api, String action, Supplier<?> client) {
        var name =
                "%s.model.%s%sRequest"
                        .formatted(
                                api.getPackageName(),
                                action.substring(0, 1).toUpperCase(Locale.ROOT),
                                action.substring(1));
        try {
            var request = Class.forName(name, false, api.getClassLoader());
            // What streams an answer or a body has methods that take or give it whole.
            return method(api, action + "AsBytes", request)
                    .or(() -> method(api, action, request, RequestBody.class))
                    .or(() -> method(api, action, request))
                    .map(method -> new SdkOperation(request, method, client));
        } catch (ClassNotFoundException | LinkageError _) {
            return Optional.empty();
        }
    }

    private static Optional<Method> method(Class<?> api, String name, Class<?>... types) {
        try {
            return Optional.of(api.getMethod(name, types));
        } catch (NoSuchMethodException _) {
            return Optional.empty();
        }
    }

    /** The parameters that it takes. */
    Fields fields() {
        var fields = builder().sdkFields();
        var taken = fields.stream().map(SdkJson::name).collect(Collectors.toSet());
        if (streamsBody()) {
            taken.add(BODY);
        }
        return new Fields(
                taken,
                fields.stream()
                        .filter(field -> field.containsTrait(RequiredTrait.class))
                        .map(SdkJson::name)
                        .collect(Collectors.toSet()));
    }

    /** What the SDK calls the service in what it tells of errors. */
    String serviceName() {
        return method.getDeclaringClass().getSimpleName().replaceFirst("(Async)?Client$", "");
    }

    /**
     * What a service has answered.
     *
     * @param output its members
     */
    record Answer(AwsResponse response, ObjectNode output) {}

    /**
     * @throws UnsuitableParameters if the parameters are not the operation's
     */
    Answer call(JsonNode parameters) {
        var problems = new Problems();
        var given = parameters.isObject() ? (ObjectNode) parameters.deepCopy() : null;
        var body = streamsBody() && given != null ? given.remove(BODY) : null;
        var model = SdkJson.read(builder(), given == null ? parameters : given, problems);
        problems.throwIfAny(JsonMapper.shared().writeValueAsString(parameters));
        return answer(streamsBody() ? invoke(model, body(body)) : invoke(model));
    }

    private boolean streamsBody() {
        return method.getParameterCount() == 2;
    }

    /** A body is JSON, whatever it holds: a text is written as JSON has it. */
    private static RequestBody body(@Nullable JsonNode value) {
        return value == null
                ? RequestBody.empty()
                : RequestBody.fromString(JsonMapper.shared().writeValueAsString(value));
    }

    private SdkPojo builder() {
        try {
            return (SdkPojo) request.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(request + " has no builder", e);
        }
    }

    private Object invoke(Object... arguments) {
        try {
            var result = method.invoke(client.get(), arguments);
            return result instanceof CompletableFuture<?> future ? future.join() : result;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(Object result) {
        if (result instanceof ResponseBytes<?> bytes) {
            var response = (AwsResponse) bytes.response();
            var output = SdkJson.write(response);
            output.put(BODY, SdkJson.text(SdkBytes.fromByteArray(bytes.asByteArray())));
            return new Answer(response, output);
        }
        var response = (AwsResponse) result;
        return new Answer(response, SdkJson.write(response));
    }
}
