package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.AwsPlace;
import io.millrace.localcloud.state.StateFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All topics and subscriptions, kept in a file if there is a data directory. */
public final class Topics {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}(\\.fifo)?");

    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    /** Those of HTTP endpoints, which may undo it. */
    private final Map<String, Subscription> ended = new HashMap<>();

    private final StateFile<Document> file;

    /** The document in the data directory. */
    record Document(List<Topic> topics, List<Subscription> subscriptions) {}

    public Topics(Optional<Path> dataDir) {
        file = StateFile.in(dataDir, "topics.json", Document.class);
        file.read()
                .ifPresent(document -> {
                    document.topics().forEach(topic -> topics.put(topic.arn(), topic));
                    document.subscriptions().forEach(each -> subscriptions.put(each.arn(), each));
                });
    }

    private void save() {
        file.write(new Document(List.copyOf(topics.values()), List.copyOf(subscriptions.values())));
    }

    /** Creates a topic, or finds the one that has the name; the answer is its ARN. */
    public synchronized String create(
            String name, Map<String, String> attributes, Map<String, String> tags) {
        if (!NAME.matcher(name).matches()) {
            throw AwsError.badRequest("InvalidParameter", "Invalid parameter: Topic Name");
        }
        var arn = AwsPlace.arn("sns", name);
        if (topics.putIfAbsent(arn, new Topic(arn, attributes, tags)) == null) {
            save();
        }
        return arn;
    }

    /** Whether there is a topic of that ARN. */
    public synchronized boolean exists(String arn) {
        return topics.containsKey(arn);
    }

    synchronized Topic topic(String arn) {
        return Optional.ofNullable(topics.get(arn))
                .orElseThrow(() -> AwsError.notFound("NotFound", "Topic does not exist"));
    }

    synchronized List<Topic> all() {
        return List.copyOf(topics.values());
    }

    synchronized void delete(String arn) {
        if (topics.remove(arn) != null) {
            subscriptions.values().removeIf(each -> each.topicArn().equals(arn));
            save();
        }
    }

    synchronized void replace(Topic topic) {
        topics.put(topic(topic.arn()).arn(), topic);
        save();
    }

    /**
     * Subscribes, or finds the subscription of that endpoint.
     *
     * @throws AwsError if there is one with other attributes
     */
    synchronized Subscription subscribe(
            String topicArn, String protocol, String endpoint, Map<String, String> attributes) {
        topic(topicArn);
        var same =
                of(topicArn).stream()
                        .filter(each -> each.protocol().equals(protocol))
                        .filter(each -> each.endpoint().equals(endpoint))
                        .findFirst();
        if (same.isPresent()) {
            if (!attributes.isEmpty() && !attributes.equals(same.get().attributes())) {
                throw AwsError.badRequest(
                        "InvalidParameter",
                        "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
            }
            return same.get();
        }
        var confirmation =
                protocol.equals("sqs")
                        ? Optional.<Confirmation>empty()
                        : Optional.of(
                                new Confirmation(
                                        UUID.randomUUID().toString().replace("-", ""), false));
        return put(
                new Subscription(
                        topicArn + ":" + UUID.randomUUID(),
                        topicArn,
                        protocol,
                        endpoint,
                        attributes,
                        confirmation));
    }

    private Subscription put(Subscription subscription) {
        subscriptions.put(subscription.arn(), subscription);
        save();
        return subscription;
    }

    /**
     * Lets messages through to the HTTP endpoint that was given the token, also if it was
     * unsubscribed since; the answer is the subscription's ARN.
     */
    synchronized String confirm(String topicArn, String token) {
        topic(topicArn);
        return Stream.concat(subscriptions.values().stream(), ended.values().stream())
                .filter(each -> each.topicArn().equals(topicArn))
                .filter(each ->
                        each.confirmation()
                                .filter(asked -> asked.token().equals(token))
                                .isPresent())
                .findFirst()
                .map(asked -> {
                    ended.remove(asked.arn());
                    return put(asked.confirmed()).arn();
                })
                .orElseThrow(() ->
                        AwsError.badRequest(
                                "InvalidParameter", "Invalid parameter: Token: Invalid token"));
    }

    synchronized Subscription subscription(String arn) {
        return Optional.ofNullable(subscriptions.get(arn))
                .orElseThrow(() -> AwsError.notFound("NotFound", "Subscription does not exist"));
    }

    synchronized Collection<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    synchronized List<Subscription> of(String topicArn) {
        return subscriptions.values().stream()
                .filter(each -> each.topicArn().equals(topicArn))
                .toList();
    }

    synchronized Optional<Subscription> unsubscribe(String arn) {
        var gone = Optional.ofNullable(subscriptions.remove(arn));
        gone.ifPresent(each -> {
            if (!each.isToQueue()) {
                ended.put(arn, each);
            }
            save();
        });
        return gone;
    }

    /** Sets one attribute of a subscription; an empty value takes it away. */
    synchronized void setAttribute(String arn, String name, String value) {
        var subscription = subscription(arn);
        var attributes = new HashMap<>(subscription.attributes());
        if (value.isEmpty()) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
        put(subscription.with(attributes));
    }
}
