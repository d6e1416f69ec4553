package io.millrace.datasync;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.datasync.aws.QueueDelivery;
import io.millrace.datasync.change.Changes;
import io.millrace.datasync.poll.Delivery;
import io.millrace.events.Event;
import io.millrace.events.EventJson;
import io.millrace.events.LoadRequest;
import java.net.URI;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConverter;
import tools.jackson.databind.JsonNode;

/** What data-sync does, as functions. */
@Configuration(proxyBeanMethods = false)
class DataSyncFunctions {

    static final URI SOURCE = URI.create("/millrace/data-sync");

    /**
     * Asks for a change of the table to be loaded; takes a record as DynamoDB Streams writes it.
     */
    @Bean
    Function<JsonNode, Event<LoadRequest>> recordChanged(Changes changes) {
        return changes::loadRequest;
    }

    @Bean
    Changes changes(DataSyncProperties properties, EventJson json) {
        return new Changes(
                SOURCE,
                properties.requiredAttribute(),
                properties.maxMessageSize().toBytes(),
                json);
    }

    @Bean
    Delivery delivery(
            Function<JsonNode, Event<LoadRequest>> recordChanged,
            @Qualifier("eventMessageConverter") MessageConverter events,
            StreamBridge bridge,
            ObservationRegistry observations,
            DataSyncProperties properties) {
        return new QueueDelivery(
                recordChanged, events, bridge, observations, properties.maxMessageSize().toBytes());
    }
}
