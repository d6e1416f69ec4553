package io.millrace.streambinderaws.provisioning;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.springframework.cloud.stream.binder.BinderHeaders;
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
        Map<String, String> attributes =
                QueueNames.isFifo(name)
                        ? Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true")
                        : Map.of();
        return sns.get()
                .createTopic(request -> request.name(name).attributes(attributes))
                .topicArn();
    }

    /**
     * Subscribes a queue with raw delivery, so that it receives what was published and no envelope.
     *
     * @param partition the only partition that the queue is to receive, if not all
     */
    String subscribe(String topicArn, String queueArn, OptionalInt partition) {
        var attributes = new HashMap<>(Map.of("RawMessageDelivery", "true"));
        partition.ifPresent(number ->
                attributes.put(
                        "FilterPolicy",
                        "{\"%s\":[\"%d\"]}".formatted(BinderHeaders.PARTITION_HEADER, number)));
        return sns.get()
                .subscribe(request ->
                        request.topicArn(topicArn)
                                .protocol("sqs")
                                .endpoint(queueArn)
                                .attributes(attributes)
                                .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    void unsubscribe(String subscriptionArn) {
        sns.get().unsubscribe(request -> request.subscriptionArn(subscriptionArn));
    }
}
