package io.millrace.streambinderaws.consumer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * The listener container's client: its long polls can be ended. The container counts a poll as work
 * in progress and would wait for it, up to 20 seconds, whenever it is stopped. A message that SQS
 * hands to a poll in the moment of its end comes back after the queue's visibility timeout.
 */
final class ContainerClient {

    private static final String RECEIVE = "receiveMessage";

    private final SqsAsyncClient client;
    private final Duration patience;
    private final AtomicLong polls = new AtomicLong();
    private final Map<Long, CompletableFuture<ReceiveMessageResponse>> waiting =
            new ConcurrentHashMap<>();
    private final Consumer<@Nullable Throwable> polled;
    private volatile boolean ended;

    private final SqsAsyncClient interruptible;

    /**
     * @param patience after which a poll that nobody answered has failed; a queue that is deleted
     *     under a long poll may never answer it
     * @param polled is told of each poll's end, with its failure or null
     */
    ContainerClient(
            SqsAsyncClient client, Duration patience, Consumer<@Nullable Throwable> polled) {
        this.client = client;
        this.patience = patience;
        this.polled = polled;
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

    /** Ends all polls; they return no messages. */
    void end() {
        ended = true;
        waiting.values().forEach(poll -> poll.complete(nothing()));
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
        var sent = client.receiveMessage(request);
        var poll = new CompletableFuture<ReceiveMessageResponse>();
        var id = polls.incrementAndGet();
        waiting.put(id, poll);
        var _ =
                sent.whenComplete((response, failure) -> {
                    if (failure == null) {
                        poll.complete(response);
                    } else {
                        poll.completeExceptionally(failure);
                    }
                });
        var _ =
                poll.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((_, failure) -> {
                            waiting.remove(id);
                            if (!ended) {
                                polled.accept(failure);
                            }
                            sent.cancel(true);
                        });
        if (ended) {
            poll.complete(nothing());
        }
        return poll;
    }

    private static ReceiveMessageResponse nothing() {
        return ReceiveMessageResponse.builder().build();
    }
}
