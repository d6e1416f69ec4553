package io.millrace.streambinderaws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class OrphanedPollsTests {

    private final SqsAsyncClient nobody =
            SqsAsyncClient.builder()
                    .region(Region.EU_CENTRAL_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .endpointOverride(URI.create("http://127.0.0.1:1"))
                    .build();
    private final OrphanedPolls orphans = new OrphanedPolls(nobody, Duration.ofMillis(10));

    @AfterEach
    void close() {
        nobody.close();
    }

    @Test
    void aPollThatOutlivesTheClientIsNotTriedAgainByTheSdk() {
        var poll = new CompletableFuture<ReceiveMessageResponse>();
        orphans.add("queue", poll);

        orphans.close();

        assertThat(poll).isCancelled();
    }

    @Test
    void aPollThatIsAnsweredInTimeIsLeftAlone() {
        var poll = new CompletableFuture<ReceiveMessageResponse>();
        orphans.add("queue", poll);
        poll.complete(ReceiveMessageResponse.builder().build());

        orphans.close();

        assertThat(poll).isNotCancelled();
    }
}
