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

/** All topics and subscriptions, kept in a file if there is a data directory. */
public final class Topics {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}(\\.fifo)?");

    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
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
     * Subscribes, or finds the subscription of that endpoint; the answer is its ARN.
     *
     * @throws AwsError if there is one with other attributes
     */
    public synchronized String subscribe(
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
            return same.get().arn();
        }
        var arn = topicArn + ":" + UUID.randomUUID();
        subscriptions.put(arn, new Subscription(arn, topicArn, protocol, endpoint, attributes));
        save();
        return arn;
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

    synchronized void unsubscribe(String arn) {
        if (subscriptions.remove(arn) != null) {
            save();
        }
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
        subscriptions.put(arn, subscription.with(attributes));
        save();
    }
}
