package io.millrace.streambinderaws.provisioning;

import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * How many messages a queue holds, about: SQS counts them in many places.
 *
 * @param waiting can be received
 * @param inFlight were received and neither deleted nor given back
 * @param delayed cannot be received yet
 */
public record QueueDepth(long waiting, long inFlight, long delayed) {

    static final QueueAttributeName[] ATTRIBUTES = {
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED
    };

    static QueueDepth of(Map<QueueAttributeName, String> attributes) {
        return new QueueDepth(
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    private static long number(
            Map<QueueAttributeName, String> attributes, QueueAttributeName attribute) {
        return Long.parseLong(attributes.getOrDefault(attribute, "0"));
    }
}
