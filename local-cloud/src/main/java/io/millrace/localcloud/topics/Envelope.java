package io.millrace.localcloud.topics;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What SNS writes around a message (Amazon SNS Developer Guide, "Parsing Amazon SNS message
 * formats").
 *
 * @param endpoint where this cloud is reached, for the addresses in it
 */
record Envelope(URI endpoint, Receipt receipt, Instant time) {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    // There is no certificate of Amazon's to sign with; receivers on queues do not check.
    private static final String UNSIGNED = "bG9jYWwtY2xvdWQgZG9lcyBub3Qgc2lnbg==";

    /** What a queue gets when the delivery is not raw. */
    String around(Publication publication, Subscription subscription) {
        var json = begun("Notification", subscription);
        receipt.sequenceNumber().ifPresent(number -> json.put("SequenceNumber", number));
        publication.subject().ifPresent(subject -> json.put("Subject", subject));
        json.put("Message", publication.messageFor(subscription.protocol()));
        sign(json);
        json.put("UnsubscribeURL", address("Unsubscribe", "SubscriptionArn", subscription.arn()));
        if (!publication.attributes().isEmpty()) {
            var attributes = json.putObject("MessageAttributes");
            publication
                    .attributes()
                    .forEach((name, attribute) ->
                            attributes
                                    .putObject(name)
                                    .put("Type", attribute.type())
                                    .put("Value", attribute.value()));
        }
        return json.toString();
    }

    /** What an HTTP endpoint gets. */
    HttpNotice notice(Publication publication, Subscription subscription, RetryPolicy policy) {
        var headers = headers("Notification", subscription, policy.contentType());
        headers.put("x-amz-sns-subscription-arn", subscription.arn());
        if (!subscription.isRaw()) {
            return notice(subscription, headers, around(publication, subscription));
        }
        headers.put("x-amz-sns-rawdelivery", "true");
        return notice(subscription, headers, publication.messageFor(subscription.protocol()));
    }

    /** What an HTTP endpoint is asked for before it gets messages. */
    HttpNotice confirmation(Subscription subscription, Confirmation asked) {
        return subscribeNotice(
                "SubscriptionConfirmation",
                "You have chosen to subscribe to the topic %s.%nTo confirm the subscription, visit the SubscribeURL included in this message.",
                subscription,
                asked);
    }

    /** What an HTTP endpoint is told when its subscription has ended. */
    HttpNotice farewell(Subscription subscription, Confirmation asked) {
        return subscribeNotice(
                "UnsubscribeConfirmation",
                "You have chosen to deactivate a subscription of the topic %s.%nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.",
                subscription,
                asked);
    }

    private HttpNotice subscribeNotice(
            String type, String text, Subscription subscription, Confirmation asked) {
        var json = begun(type, subscription);
        json.put("Token", asked.token())
                .put("Message", text.formatted(subscription.topicArn()))
                .put(
                        "SubscribeURL",
                        address("ConfirmSubscription", "TopicArn", subscription.topicArn())
                                + "&Token="
                                + asked.token());
        sign(json);
        return notice(
                subscription, headers(type, subscription, RetryPolicy.PLAIN), json.toString());
    }

    private ObjectNode begun(String type, Subscription subscription) {
        return FilterPolicy.JSON
                .createObjectNode()
                .put("Type", type)
                .put("MessageId", receipt.messageId())
                .put("TopicArn", subscription.topicArn());
    }

    private void sign(ObjectNode json) {
        json.put("Timestamp", MILLIS.format(time))
                .put("SignatureVersion", "1")
                .put("Signature", UNSIGNED)
                .put("SigningCertURL", endpoint + "/_millrace/SimpleNotificationService.pem");
    }

    private String address(String action, String parameter, String arn) {
        return "%s/?Action=%s&%s=%s".formatted(endpoint, action, parameter, arn);
    }

    private Map<String, String> headers(
            String type, Subscription subscription, String contentType) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", contentType);
        headers.put("User-Agent", "Amazon Simple Notification Service Agent");
        headers.put("x-amz-sns-message-type", type);
        headers.put("x-amz-sns-message-id", receipt.messageId());
        headers.put("x-amz-sns-topic-arn", subscription.topicArn());
        return headers;
    }

    private static HttpNotice notice(
            Subscription subscription, Map<String, String> headers, String body) {
        return new HttpNotice(URI.create(subscription.endpoint()), headers, body);
    }
}
