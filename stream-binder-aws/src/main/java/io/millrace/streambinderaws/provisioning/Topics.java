package io.millrace.streambinderaws.provisioning;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Topic;

/** Looks up and creates SNS topics; asks for a client only if there is a topic. */
final class Topics {

    private final Supplier<SnsClient> sns;

    Topics(Supplier<SnsClient> sns) {
        this.sns = sns;
    }

    Optional<String> arn(String name) {
        return sns.get().listTopicsPaginator().topics().stream()
                .map(Topic::topicArn)
                .filter(arn -> arn.endsWith(":" + name))
                .findFirst();
    }

    String create(String name) {
        return sns.get().createTopic(request -> request.name(name)).topicArn();
    }

    /**
     * Subscribes a queue with raw delivery, so that it receives what was published and no envelope.
     */
    String subscribe(String topicArn, String queueArn) {
        return sns.get()
                .subscribe(request ->
                        request.topicArn(topicArn)
                                .protocol("sqs")
                                .endpoint(queueArn)
                                .attributes(Map.of("RawMessageDelivery", "true"))
                                .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    void unsubscribe(String subscriptionArn) {
        sns.get().unsubscribe(request -> request.subscriptionArn(subscriptionArn));
    }
}
