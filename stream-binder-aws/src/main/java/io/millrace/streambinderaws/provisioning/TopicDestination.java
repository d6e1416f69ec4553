package io.millrace.streambinderaws.provisioning;

import java.util.function.Supplier;
import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * A topic that messages are published to.
 *
 * @param name the topic's name
 * @param lookUp gives the topic's ARN
 */
public record TopicDestination(String name, Supplier<String> lookUp)
        implements ProducerDestination {

    /** The topic's ARN, which may have to be asked for. */
    public String arn() {
        return lookUp.get();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getNameForPartition(int partition) {
        return name;
    }
}
