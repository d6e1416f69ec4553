package io.millrace.streambinderaws.provisioning;

import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * A topic that messages are published to.
 *
 * @param name the topic's name
 * @param arn the topic's ARN
 */
public record TopicDestination(String name, String arn) implements ProducerDestination {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getNameForPartition(int partition) {
        return name;
    }
}
