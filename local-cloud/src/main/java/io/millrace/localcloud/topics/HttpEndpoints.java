package io.millrace.localcloud.topics;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to HTTP endpoints beside whoever publishes, again and again as the subscription's policy
 * has it. What is under way when this process ends is lost.
 */
final class HttpEndpoints implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpEndpoints.class);
    // "Amazon SNS waits for a response for 15 seconds."
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TOO_MANY_REQUESTS = 429;

    private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<HttpClient> http = Optional.empty();

    /** Sends a notice; {@code givenUp} runs if no attempt succeeds. */
    void send(HttpNotice notice, RetryPolicy policy, Runnable givenUp) {
        sending.execute(() -> {
            try {
                if (!delivered(notice, policy)) {
                    givenUp.run();
                }
            } catch (InterruptedException e) {
                log.warn("{} was not told: local-cloud stops", notice.to());
            }
        });
    }

    private boolean delivered(HttpNotice notice, RetryPolicy policy) throws InterruptedException {
        var delays = policy.delays().iterator();
        while (true) {
            var answer = attempt(notice);
            if (answer != Answer.AGAIN) {
                return answer == Answer.ACCEPTED;
            }
            if (!delays.hasNext()) {
                return false;
            }
            Thread.sleep(delays.next());
        }
    }

    private enum Answer {
        ACCEPTED,
        /** "Amazon SNS considers HTTP status codes 400 to 499 to indicate permanent failures". */
        REFUSED,
        AGAIN
    }

    private Answer attempt(HttpNotice notice) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(notice.to())
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofString(notice.body()));
        notice.headers().forEach(request::setHeader);
        try {
            var status = client().send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status >= 200 && status < 300) {
                return Answer.ACCEPTED;
            }
            log.info("{} answers {}", notice.to(), status);
            return status >= 400 && status < 500 && status != TOO_MANY_REQUESTS
                    ? Answer.REFUSED
                    : Answer.AGAIN;
        } catch (IOException e) {
            log.info("{} cannot be reached: {}", notice.to(), e.toString());
            return Answer.AGAIN;
        }
    }

    /** Only who has such a subscription pays for a client. */
    private synchronized HttpClient client() {
        if (http.isEmpty()) {
            http =
                    Optional.of(
                            HttpClient.newBuilder()
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .connectTimeout(PATIENCE)
                                    .build());
        }
        return http.get();
    }

    @Override
    public synchronized void close() {
        sending.shutdownNow();
        http.ifPresent(HttpClient::shutdownNow);
    }
}
