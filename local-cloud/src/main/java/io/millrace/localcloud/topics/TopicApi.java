package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.AwsPlace;
import io.millrace.localcloud.aws.Xml;
import io.millrace.localcloud.front.QueryApi;
import io.millrace.localcloud.front.QueryForm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;

/** SNS's API, of it what topics with queues and HTTP endpoints need. */
public final class TopicApi {

    private static final int PAGE = 100;
    private static final int BATCH = 10;

    private final Topics topics;
    private final Deliveries deliveries;

    public TopicApi(Topics topics, Deliveries deliveries) {
        this.topics = topics;
        this.deliveries = deliveries;
    }

    /** Answers SNS. */
    public Handler handler() {
        var actions = new HashMap<String, QueryApi.Action>();
        actions.put("CreateTopic", this::createTopic);
        actions.put("DeleteTopic", (form, _) -> topics.delete(form.required("TopicArn")));
        actions.put("ListTopics", this::listTopics);
        actions.put("GetTopicAttributes", this::getTopicAttributes);
        actions.put("SetTopicAttributes", this::setTopicAttributes);
        actions.put("Subscribe", this::subscribe);
        actions.put(
                "Unsubscribe",
                (form, _) -> deliveries.unsubscribe(form.required("SubscriptionArn")));
        actions.put("ConfirmSubscription", this::confirmSubscription);
        actions.put("ListSubscriptions", this::listSubscriptions);
        actions.put("ListSubscriptionsByTopic", this::listSubscriptionsByTopic);
        actions.put("GetSubscriptionAttributes", this::getSubscriptionAttributes);
        actions.put("SetSubscriptionAttributes", this::setSubscriptionAttributes);
        actions.put("Publish", this::publish);
        actions.put("PublishBatch", this::publishBatch);
        actions.put("TagResource", this::tag);
        actions.put("UntagResource", this::untag);
        actions.put("ListTagsForResource", this::listTags);
        return new QueryApi("http://sns.amazonaws.com/doc/2010-03-31/", actions);
    }

    private void createTopic(QueryForm form, Xml result) {
        var arn =
                topics.create(
                        form.required("Name"),
                        form.map("Attributes.entry", "key", "value"),
                        form.map("Tags.member", "Key", "Value"));
        result.text("TopicArn", arn);
    }

    private void listTopics(QueryForm form, Xml result) {
        page(
                form,
                result,
                "Topics",
                topics.all(),
                Topic::arn,
                (topic, xml) -> xml.text("TopicArn", topic.arn()));
    }

    private void getTopicAttributes(QueryForm form, Xml result) {
        var topic = topics.topic(form.required("TopicArn"));
        var attributes = new LinkedHashMap<>(topic.attributes());
        var subscriptions = topics.of(topic.arn());
        var pending = subscriptions.stream().filter(Subscription::isPending).count();
        attributes.put("TopicArn", topic.arn());
        attributes.put("Owner", AwsPlace.ACCOUNT);
        attributes.putIfAbsent("DisplayName", "");
        attributes.put("SubscriptionsConfirmed", String.valueOf(subscriptions.size() - pending));
        attributes.put("SubscriptionsPending", String.valueOf(pending));
        attributes.put("SubscriptionsDeleted", "0");
        entries(result, attributes);
    }

    private void setTopicAttributes(QueryForm form, Xml result) {
        var topic = topics.topic(form.required("TopicArn"));
        var attributes = new HashMap<>(topic.attributes());
        attributes.put(form.required("AttributeName"), form.get("AttributeValue").orElse(""));
        RetryPolicy.of(Map.of(), attributes);
        topics.replace(new Topic(topic.arn(), attributes, topic.tags()));
    }

    private void subscribe(QueryForm form, Xml result) {
        var arn =
                deliveries.subscribe(
                        form.required("TopicArn"),
                        form.required("Protocol"),
                        form.required("Endpoint"),
                        form.map("Attributes.entry", "key", "value"));
        var untold =
                topics.subscription(arn).isPending()
                        && form.get("ReturnSubscriptionArn").filter("true"::equals).isEmpty();
        result.text("SubscriptionArn", untold ? "pending confirmation" : arn);
    }

    private void confirmSubscription(QueryForm form, Xml result) {
        result.text(
                "SubscriptionArn",
                topics.confirm(form.required("TopicArn"), form.required("Token")));
    }

    private void listSubscriptions(QueryForm form, Xml result) {
        subscriptions(form, result, List.copyOf(topics.subscriptions()));
    }

    private void listSubscriptionsByTopic(QueryForm form, Xml result) {
        subscriptions(form, result, topics.of(topics.topic(form.required("TopicArn")).arn()));
    }

    private static void subscriptions(QueryForm form, Xml result, List<Subscription> all) {
        page(
                form,
                result,
                "Subscriptions",
                all,
                Subscription::arn,
                (each, xml) ->
                        xml.text(
                                        "SubscriptionArn",
                                        each.isPending() ? "PendingConfirmation" : each.arn())
                                .text("TopicArn", each.topicArn())
                                .text("Protocol", each.protocol())
                                .text("Endpoint", each.endpoint())
                                .text("Owner", AwsPlace.ACCOUNT));
    }

    private void getSubscriptionAttributes(QueryForm form, Xml result) {
        var subscription = topics.subscription(form.required("SubscriptionArn"));
        var attributes = new LinkedHashMap<>(subscription.attributes());
        attributes.put("SubscriptionArn", subscription.arn());
        attributes.put("TopicArn", subscription.topicArn());
        attributes.put("Protocol", subscription.protocol());
        attributes.put("Endpoint", subscription.endpoint());
        attributes.put("Owner", AwsPlace.ACCOUNT);
        attributes.put("PendingConfirmation", String.valueOf(subscription.isPending()));
        attributes.put("ConfirmationWasAuthenticated", String.valueOf(subscription.isToQueue()));
        attributes.putIfAbsent("RawMessageDelivery", "false");
        entries(result, attributes);
    }

    private void setSubscriptionAttributes(QueryForm form, Xml result) {
        topics.setAttribute(
                form.required("SubscriptionArn"),
                form.required("AttributeName"),
                form.get("AttributeValue").orElse(""));
    }

    private void publish(QueryForm form, Xml result) {
        var topic = topics.topic(target(form));
        var publications = List.of(PublishRequest.read(form, topic));
        write(deliveries.publish(topic.arn(), publications).getFirst(), result);
    }

    private static void write(Receipt receipt, Xml xml) {
        xml.text("MessageId", receipt.messageId());
        receipt.sequenceNumber().ifPresent(number -> xml.text("SequenceNumber", number));
    }

    private static String target(QueryForm form) {
        return form.get("TopicArn")
                .or(() -> form.get("TargetArn"))
                .orElseThrow(() ->
                        AwsError.badRequest(
                                "InvalidParameter",
                                "Invalid parameter: TopicArn: local-cloud publishes to topics"));
    }

    private void publishBatch(QueryForm form, Xml result) {
        var topic = topics.topic(form.required("TopicArn"));
        var entries = form.list("PublishBatchRequestEntries.member");
        check(entries);
        var good = new LinkedHashMap<String, Publication>();
        var bad = new LinkedHashMap<String, AwsError>();
        for (var entry : entries) {
            try {
                good.put(entry.required("Id"), PublishRequest.read(entry, topic));
            } catch (AwsError error) {
                bad.put(entry.required("Id"), error);
            }
        }
        if (good.values().stream().mapToInt(Publication::bytes).sum() > PublishRequest.MAX_BYTES) {
            throw AwsError.badRequest(
                    "BatchRequestTooLong",
                    "The length of all the messages put together is more than the limit.");
        }
        var receipts = deliveries.publish(topic.arn(), List.copyOf(good.values())).iterator();
        result.element(
                "Successful",
                list ->
                        good.keySet()
                                .forEach(id ->
                                        list.element(
                                                "member",
                                                xml ->
                                                        write(
                                                                receipts.next(),
                                                                xml.text("Id", id)))));
        result.element("Failed", list -> bad.forEach((id, error) -> failed(list, id, error)));
    }

    private static void check(List<QueryForm> entries) {
        if (entries.isEmpty()) {
            throw AwsError.badRequest(
                    "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > BATCH) {
            throw AwsError.badRequest(
                    "TooManyEntriesInBatchRequest",
                    "The batch request contains more entries than permissible: " + entries.size());
        }
        var ids = new HashSet<String>();
        entries.forEach(entry -> {
            if (!ids.add(entry.required("Id"))) {
                throw AwsError.badRequest(
                        "BatchEntryIdsNotDistinct",
                        "Two or more batch entries in the request have the same Id.");
            }
        });
    }

    private static void failed(Xml list, String id, AwsError error) {
        list.element(
                "member",
                xml ->
                        xml.text("Id", id)
                                .text("Code", error.code())
                                .text("Message", error.explanation())
                                .text("SenderFault", error.status() < 500));
    }

    private void tag(QueryForm form, Xml result) {
        var topic = topics.topic(form.required("ResourceArn"));
        var tags = new HashMap<>(topic.tags());
        tags.putAll(form.map("Tags.member", "Key", "Value"));
        topics.replace(new Topic(topic.arn(), topic.attributes(), tags));
    }

    private void untag(QueryForm form, Xml result) {
        var topic = topics.topic(form.required("ResourceArn"));
        var tags = new HashMap<>(topic.tags());
        form.texts("TagKeys.member").forEach(tags::remove);
        topics.replace(new Topic(topic.arn(), topic.attributes(), tags));
    }

    private void listTags(QueryForm form, Xml result) {
        var topic = topics.topic(form.required("ResourceArn"));
        result.element(
                "Tags",
                list ->
                        topic.tags()
                                .forEach((key, value) ->
                                        list.element(
                                                "member",
                                                xml -> xml.text("Key", key).text("Value", value))));
    }

    private static void entries(Xml result, Map<String, String> attributes) {
        result.element(
                "Attributes",
                list ->
                        attributes.forEach((key, value) ->
                                list.element(
                                        "entry",
                                        xml -> xml.text("key", key).text("value", value))));
    }

    /** A page of a list; its token is the ARN of the last one before it. */
    private static <T> void page(
            QueryForm form,
            Xml result,
            String name,
            List<T> all,
            Function<T, String> arn,
            BiConsumer<T, Xml> writer) {
        var after = form.get("NextToken");
        var page =
                all.stream()
                        .dropWhile(
                                each -> after.isPresent() && !arn.apply(each).equals(after.get()))
                        .skip(after.isPresent() ? 1 : 0)
                        .limit(PAGE)
                        .toList();
        result.element(
                name,
                list ->
                        page.forEach(
                                each -> list.element("member", xml -> writer.accept(each, xml))));
        if (page.size() == PAGE && !page.getLast().equals(all.getLast())) {
            result.text("NextToken", arn.apply(page.getLast()));
        }
    }
}
