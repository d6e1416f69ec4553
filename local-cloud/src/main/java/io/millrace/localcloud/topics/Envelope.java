package io.millrace.localcloud.topics;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What a queue gets when the delivery is not raw (Amazon SNS Developer Guide, "Parsing Amazon SNS
 * message formats").
 *
 * @param endpoint where this cloud is reached, for the addresses in it
 */
record Envelope(URI endpoint, String messageId, Instant time) {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    // There is no certificate of Amazon's to sign with; receivers on queues do not check.
    private static final String UNSIGNED = "bG9jYWwtY2xvdWQgZG9lcyBub3Qgc2lnbg==";

    String around(Publication publication, Subscription subscription) {
        var json = FilterPolicy.JSON.createObjectNode();
        json.put("Type", "Notification")
                .put("MessageId", messageId)
                .put("TopicArn", subscription.topicArn());
        publication.subject().ifPresent(subject -> json.put("Subject", subject));
        json.put("Message", publication.message())
                .put("Timestamp", MILLIS.format(time))
                .put("SignatureVersion", "1")
                .put("Signature", UNSIGNED)
                .put("SigningCertURL", endpoint + "/_millrace/SimpleNotificationService.pem")
                .put(
                        "UnsubscribeURL",
                        "%s/?Action=Unsubscribe&SubscriptionArn=%s"
                                .formatted(endpoint, subscription.arn()));
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
}
