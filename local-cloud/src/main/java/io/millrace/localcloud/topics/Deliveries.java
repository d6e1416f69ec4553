package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.queues.QueueMessage;
import io.millrace.localcloud.queues.Queues;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Brings what is published into the queues that want it. It returns when the messages are there:
 * what a publisher was told is published survives the end of this process.
 */
public final class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final Topics topics;
    private final Supplier<Queues> queues;
    private final Supplier<URI> endpoint;
    private final InstantSource clock;

    public Deliveries(
            Topics topics, Supplier<Queues> queues, Supplier<URI> endpoint, InstantSource clock) {
        this.topics = topics;
        this.queues = queues;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * Publishes to a topic; the answer is the messages' ids, in order.
     *
     * @throws AwsError if there is no such topic
     */
    public List<String> publish(String topicArn, List<Publication> publications) {
        topics.topic(topicArn);
        var envelopes = new ArrayList<Envelope>();
        for (var _ : publications) {
            var id = UUID.randomUUID().toString();
            envelopes.add(new Envelope(endpoint.get(), id, clock.instant()));
        }
        for (var subscription : topics.of(topicArn)) {
            deliver(subscription, publications, envelopes);
        }
        return envelopes.stream().map(Envelope::messageId).toList();
    }

    private void deliver(
            Subscription subscription, List<Publication> publications, List<Envelope> envelopes) {
        var policy = FilterPolicy.of(subscription.attributes());
        var wanted = new ArrayList<QueueMessage>();
        for (var i = 0; i < publications.size(); i++) {
            if (policy.accepts(publications.get(i))) {
                wanted.add(message(subscription, publications.get(i), envelopes.get(i)));
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        var refused = send(subscription.endpoint(), wanted);
        if (!refused.isEmpty()) {
            deadLetter(subscription, refused);
        }
    }

    private static QueueMessage message(
            Subscription subscription, Publication publication, Envelope envelope) {
        var fifo = subscription.endpoint().endsWith(".fifo");
        return new QueueMessage(
                subscription.isRaw()
                        ? publication.message()
                        : envelope.around(publication, subscription),
                subscription.isRaw() ? publication.attributes() : Map.of(),
                fifo ? publication.group() : Optional.empty(),
                fifo ? publication.deduplication() : Optional.empty());
    }

    private List<QueueMessage> send(String arn, List<QueueMessage> messages) {
        try {
            return queues.get().send(arn, messages);
        } catch (AwsError error) {
            log.debug("{} refuses {} messages", arn, messages.size(), error);
            return messages;
        }
    }

    /**
     * SNS gives up on a queue that is gone or refuses, unless the subscription has a redrive
     * policy.
     */
    private void deadLetter(Subscription subscription, List<QueueMessage> refused) {
        var target = deadLetterTarget(subscription);
        if (target.isEmpty() || !send(target.get(), refused).isEmpty()) {
            log.warn(
                    "{} messages of {} did not reach {}",
                    refused.size(),
                    subscription.topicArn(),
                    subscription.endpoint());
        }
    }

    private static Optional<String> deadLetterTarget(Subscription subscription) {
        try {
            return Optional.ofNullable(subscription.attributes().get("RedrivePolicy"))
                    .flatMap(policy ->
                            FilterPolicy.JSON
                                    .readTree(policy)
                                    .path("deadLetterTargetArn")
                                    .stringValueOpt());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
