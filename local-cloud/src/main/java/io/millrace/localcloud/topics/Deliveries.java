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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Brings what is published to those who want it. When it returns, the messages are in their queues:
 * what a publisher was told is published survives the end of this process. HTTP endpoints are told
 * beside it.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final Topics topics;
    private final Supplier<Queues> queues;
    private final Supplier<URI> endpoint;
    private final InstantSource clock;
    private final Repetitions repetitions;
    private final AtomicLong sequence;
    private final HttpEndpoints endpoints = new HttpEndpoints();

    public Deliveries(
            Topics topics, Supplier<Queues> queues, Supplier<URI> endpoint, InstantSource clock) {
        this.topics = topics;
        this.queues = queues;
        this.endpoint = endpoint;
        this.clock = clock;
        repetitions = new Repetitions(clock);
        // Greater than before a restart, too.
        sequence = new AtomicLong(clock.millis() * 1_000_000);
    }

    /**
     * Subscribes, or finds the subscription of that endpoint; an HTTP endpoint is asked whether it
     * agrees.
     *
     * @throws AwsError if there is one with other attributes
     */
    public String subscribe(
            String topicArn, String protocol, String address, Map<String, String> attributes) {
        var subscription = topics.subscribe(topicArn, protocol, address, attributes);
        if (subscription.isPending()) {
            tell(subscription, subscription.confirmation().orElseThrow(), Envelope::confirmation);
        }
        return subscription.arn();
    }

    /** Ends a subscription and says so to its HTTP endpoint. */
    void unsubscribe(String arn) {
        topics.unsubscribe(arn)
                .ifPresent(ended ->
                        ended.confirmation()
                                .filter(Confirmation::given)
                                .ifPresent(asked -> tell(ended, asked, Envelope::farewell)));
    }

    private interface Notice {
        HttpNotice of(Envelope envelope, Subscription subscription, Confirmation asked);
    }

    private void tell(Subscription subscription, Confirmation asked, Notice notice) {
        var envelope = envelope(receipt(false));
        endpoints.send(
                notice.of(envelope, subscription, asked),
                policy(subscription),
                () ->
                        log.warn(
                                "{} was not told of its subscription to {}",
                                subscription.endpoint(),
                                subscription.topicArn()));
    }

    private RetryPolicy policy(Subscription subscription) {
        return RetryPolicy.of(
                subscription.attributes(), topics.topic(subscription.topicArn()).attributes());
    }

    private Envelope envelope(Receipt receipt) {
        return new Envelope(endpoint.get(), receipt, clock.instant());
    }

    /**
     * Publishes to a topic; the answer is the messages' receipts, in order. What a FIFO topic has
     * received already gets the first one's receipt and is not delivered.
     *
     * @throws AwsError if there is no such topic
     */
    public List<Receipt> publish(String topicArn, List<Publication> publications) {
        var topic = topics.topic(topicArn);
        var receipts = new ArrayList<Receipt>();
        var fresh = new ArrayList<Outgoing>();
        for (var publication : publications) {
            var receipt = receipt(topic.isFifo());
            var repeated =
                    topic.isFifo()
                            ? repetitions.repeated(topic, publication, receipt)
                            : Optional.<Receipt>empty();
            receipts.add(repeated.orElse(receipt));
            if (repeated.isEmpty()) {
                fresh.add(new Outgoing(publication, envelope(receipt)));
            }
        }
        for (var subscription : topics.of(topicArn)) {
            if (!subscription.isPending()) {
                deliver(subscription, fresh);
            }
        }
        return receipts;
    }

    private record Outgoing(Publication publication, Envelope envelope) {}

    private Receipt receipt(boolean numbered) {
        return new Receipt(
                UUID.randomUUID().toString(),
                numbered
                        ? Optional.of("1%019d".formatted(sequence.incrementAndGet()))
                        : Optional.empty());
    }

    private void deliver(Subscription subscription, List<Outgoing> outgoing) {
        var policy = FilterPolicy.of(subscription.attributes());
        var wanted =
                outgoing.stream()
                        .filter(each -> policy.accepts(each.publication(), subscription.protocol()))
                        .toList();
        if (wanted.isEmpty()) {
            return;
        }
        if (subscription.isToQueue()) {
            var messages = wanted.stream().map(each -> message(subscription, each)).toList();
            var refused = send(subscription.endpoint(), messages);
            if (!refused.isEmpty()) {
                deadLetter(subscription, refused);
            }
        } else {
            wanted.forEach(each -> post(subscription, each));
        }
    }

    private void post(Subscription subscription, Outgoing outgoing) {
        var policy = policy(subscription);
        endpoints.send(
                outgoing.envelope().notice(outgoing.publication(), subscription, policy),
                policy,
                () -> deadLetter(subscription, List.of(message(subscription, outgoing))));
    }

    private static QueueMessage message(Subscription subscription, Outgoing outgoing) {
        var publication = outgoing.publication();
        var fifo = subscription.endpoint().endsWith(".fifo");
        return new QueueMessage(
                subscription.isRaw()
                        ? publication.messageFor(subscription.protocol())
                        : outgoing.envelope().around(publication, subscription),
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

    /** SNS gives up on who is gone or refuses, unless the subscription has a redrive policy. */
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

    @Override
    public void close() {
        endpoints.close();
    }
}
