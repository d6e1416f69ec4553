package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.Subscription;
import tools.jackson.databind.JsonNode;

class HttpSubscriptionTests {

    private final SnsClient sns = clients().sns();
    private final String topic =
            sns.createTopic(request -> request.name("topic-" + UUID.randomUUID())).topicArn();
    private final HttpReceiver receiver = new HttpReceiver();

    HttpSubscriptionTests() throws IOException {}

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void anEndpointGetsNothingBeforeItHasConfirmed() throws Exception {
        var answered =
                sns.subscribe(request ->
                        request.topicArn(topic).protocol("http").endpoint(receiver.url()));
        assertThat(answered.subscriptionArn()).isEqualTo("pending confirmation");
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic)).subscriptions())
                .extracting(Subscription::subscriptionArn)
                .containsExactly("PendingConfirmation");
        var asked = receiver.next();
        assertThat(asked.type()).isEqualTo("SubscriptionConfirmation");
        assertThat(asked.headers().getFirst("Content-Type")).startsWith("text/plain");
        assertThat(asked.json().propertyNames())
                .contains("Type", "MessageId", "Token", "TopicArn", "Message", "SubscribeURL");
        sns.publish(request -> request.topicArn(topic).message("early"));

        visit(asked.json());
        var id = sns.publish(request -> request.topicArn(topic).message("late")).messageId();

        var told = receiver.next();
        assertThat(told.type()).isEqualTo("Notification");
        assertThat(told.headers().getFirst("x-amz-sns-message-id")).isEqualTo(id);
        assertThat(told.headers().getFirst("x-amz-sns-topic-arn")).isEqualTo(topic);
        assertThat(told.headers().getFirst("x-amz-sns-subscription-arn")).startsWith(topic);
        assertThat(told.json().path("Message").asString()).isEqualTo("late");
        assertThat(receiver.wasToldNothingElse()).isTrue();
    }

    @Test
    void theTokenConfirmsThroughTheApiAndAnotherDoesNot() throws Exception {
        subscribe(Map.of());
        var token = receiver.next().json().path("Token").asString();
        assertThatThrownBy(() ->
                        sns.confirmSubscription(
                                request -> request.topicArn(topic).token("invented")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Token");
        assertThat(topicAttributes()).containsEntry("SubscriptionsPending", "1");
        var arn =
                sns.confirmSubscription(request -> request.topicArn(topic).token(token))
                        .subscriptionArn();
        assertThat(
                        sns.getSubscriptionAttributes(request -> request.subscriptionArn(arn))
                                .attributes())
                .containsEntry("PendingConfirmation", "false")
                .containsEntry("Endpoint", receiver.url());
        assertThat(topicAttributes())
                .containsEntry("SubscriptionsPending", "0")
                .containsEntry("SubscriptionsConfirmed", "1");
    }

    @Test
    void rawDeliveryPostsTheMessageAlone() throws Exception {
        confirmed(Map.of("RawMessageDelivery", "true"));
        sns.publish(request ->
                request.topicArn(topic)
                        .messageStructure("json")
                        .message("{\"default\": \"all\", \"http\": \"<p>ü</p>\"}"));
        var told = receiver.next();
        assertThat(told.body()).isEqualTo("<p>ü</p>");
        assertThat(told.headers().getFirst("x-amz-sns-rawdelivery")).isEqualTo("true");
    }

    @Test
    void anEndpointThatFailsIsToldAgainAsItsPolicyHasIt() throws Exception {
        confirmed(
                Map.of(
                        "DeliveryPolicy",
                        "{\"healthyRetryPolicy\": {\"numRetries\": 2, \"numNoDelayRetries\": 2}}"));
        receiver.answerNext(500, 429);
        sns.publish(request -> request.topicArn(topic).message("again"));
        for (var attempt = 1; attempt <= 3; attempt++) {
            assertThat(receiver.next().json().path("Message").asString()).isEqualTo("again");
        }
    }

    @Test
    void whatAnEndpointRefusesGoesToTheSubscriptionsDeadLettersAtOnce() throws Exception {
        var dead = TestQueue.create();
        confirmed(
                Map.of(
                        "RawMessageDelivery",
                        "true",
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"%s\"}".formatted(dead.arn())));
        receiver.answerNext(403);
        sns.publish(request -> request.topicArn(topic).message("refused"));
        assertThat(dead.receiveOne().body()).isEqualTo("refused");
        receiver.next();
        assertThat(receiver.wasToldNothingElse()).isTrue();
    }

    @Test
    void anEndpointIsToldOfItsEndAndMayUndoIt() throws Exception {
        var arn = confirmed(Map.of());
        sns.unsubscribe(request -> request.subscriptionArn(arn));
        var farewell = receiver.next();
        assertThat(farewell.type()).isEqualTo("UnsubscribeConfirmation");
        sns.publish(request -> request.topicArn(topic).message("missed"));

        visit(farewell.json());
        sns.publish(request -> request.topicArn(topic).message("back"));

        assertThat(receiver.next().json().path("Message").asString()).isEqualTo("back");
    }

    @Test
    void whatCannotBeToldIsRefusedWhenItSubscribes() {
        assertThatThrownBy(() -> subscribe(topic, "https", "http://example.com/"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("protocol");
        var fifo =
                sns.createTopic(request ->
                                request.name(UUID.randomUUID() + ".fifo")
                                        .attributes(Map.of("FifoTopic", "true")))
                        .topicArn();
        assertThatThrownBy(() -> subscribe(fifo, "http", receiver.url()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("FIFO");
        assertThatThrownBy(() -> subscribe(Map.of("DeliveryPolicy", "[")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("DeliveryPolicy");
    }

    private String subscribe(Map<String, String> attributes) {
        return sns.subscribe(request ->
                        request.topicArn(topic)
                                .protocol("http")
                                .endpoint(receiver.url())
                                .attributes(attributes)
                                .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    private void subscribe(String topicArn, String protocol, String endpoint) {
        sns.subscribe(request -> request.topicArn(topicArn).protocol(protocol).endpoint(endpoint));
    }

    private String confirmed(Map<String, String> attributes) throws Exception {
        var arn = subscribe(attributes);
        visit(receiver.next().json());
        return arn;
    }

    /** As an application that was asked to confirm. */
    private static void visit(JsonNode notice) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var url = URI.create(notice.path("SubscribeURL").asString());
            var answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("<ConfirmSubscriptionResult><SubscriptionArn>arn:");
        }
    }

    private Map<String, String> topicAttributes() {
        return sns.getTopicAttributes(request -> request.topicArn(topic)).attributes();
    }
}
