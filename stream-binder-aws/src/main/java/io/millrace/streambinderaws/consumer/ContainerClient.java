package io.millrace.streambinderaws.consumer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * The listener container's client: its long polls can be ended. The container counts a poll as work
 * in progress and would wait for it, up to 20 seconds, whenever it is stopped.
 */
final class ContainerClient {

    private static final String RECEIVE = "receiveMessage";

    private final SqsAsyncClient client;
    private final Duration patience;
    private final Set<Poll> waiting = ConcurrentHashMap.newKeySet();
    private final Consumer<@Nullable Throwable> polled;
    private final OrphanedPolls orphans;
    private volatile boolean ended;

    private final SqsAsyncClient interruptible;

    /**
     * @param answer what the container gets: what was sent for, or nothing
     */
    private record Poll(
            String queueUrl,
            CompletableFuture<ReceiveMessageResponse> sent,
            CompletableFuture<ReceiveMessageResponse> answer) {}

    /**
     * @param patience after which a poll that nobody answered has failed; a queue that is deleted
     *     under a long poll may never answer it
     * @param polled is told of each poll's end, with its failure or null
     * @param orphans takes over the polls that are under way at the end
     */
    ContainerClient(
            SqsAsyncClient client,
            Duration patience,
            Consumer<@Nullable Throwable> polled,
            OrphanedPolls orphans) {
        this.client = client;
        this.patience = patience;
        this.polled = polled;
        this.orphans = orphans;
        this.interruptible =
                (SqsAsyncClient)
                        Proxy.newProxyInstance(
                                SqsAsyncClient.class.getClassLoader(),
                                new Class<?>[] {SqsAsyncClient.class},
                                (_, method, arguments) -> invoke(method, arguments));
    }

    SqsAsyncClient client() {
        return interruptible;
    }

    void resume() {
        ended = false;
    }

    /** Ends all polls for the container; they return no messages. */
    void end() {
        ended = true;
        waiting.forEach(this::end);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is returned, as the proxied method's result
    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals(RECEIVE)
                && arguments != null
                && arguments[0] instanceof ReceiveMessageRequest request) {
            return receive(request);
        }
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private CompletableFuture<ReceiveMessageResponse> receive(ReceiveMessageRequest request) {
        if (ended) {
            return CompletableFuture.completedFuture(nothing());
        }
        var poll =
                new Poll(
                        request.queueUrl(),
                        client.receiveMessage(request)
                                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS),
                        new CompletableFuture<>());
        waiting.add(poll);
        var _ =
                poll.sent()
                        .whenComplete((response, failure) -> {
                            waiting.remove(poll);
                            if (failure == null
                                    ? poll.answer().complete(response)
                                    : poll.answer().completeExceptionally(failure)) {
                                polled.accept(failure);
                            }
                        });
        if (ended) {
            end(poll);
        }
        return poll.answer();
    }

    /** Either the container gets what comes, or the orphans do. */
    private void end(Poll poll) {
        if (poll.answer().complete(nothing())) {
            orphans.add(poll.queueUrl(), poll.sent());
        }
    }

    private static ReceiveMessageResponse nothing() {
        return ReceiveMessageResponse.builder().build();
    }
}
