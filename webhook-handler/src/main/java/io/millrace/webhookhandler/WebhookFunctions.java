package io.millrace.webhookhandler;

import io.millrace.events.Event;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What webhook-handler does, as functions. */
@Configuration(proxyBeanMethods = false)
class WebhookFunctions {

    private static final URI SOURCE = URI.create("/millrace/webhook-handler");

    /** The execution that a genuine webhook asks for; a repeated webhook asks for the same one. */
    @Bean
    Function<Webhook, Event<StartExecution>> webhookReceived(
            WebhookProperties properties, JsonMapper json) {
        return webhook -> {
            var input =
                    json.createObjectNode()
                            .put("eventId", webhook.eventId())
                            .put("source", webhook.source())
                            .put("webhookId", webhook.id())
                            .put("receivedAt", webhook.receivedAt().toString());
            webhook.type().ifPresent(type -> input.put("type", type));
            input.set("body", webhook.body());
            var start =
                    new StartExecution(properties.stateMachine(), webhook.executionName(), input);
            return Event.of(webhook.eventId(), SOURCE, webhook.receivedAt(), start);
        };
    }

    /** The task of the workflow. */
    @Bean
    Function<Event<TaskRequest>, Event<? extends TaskResult>> handleEvent(Clock clock) {
        var handling = new EventHandling();
        return event ->
                Event.of(event.id(), SOURCE, clock.instant(), handling.handle(event.data()));
    }

    @Bean
    Sources sources(WebhookProperties properties, Clock clock) {
        return Sources.of(properties, System.getenv(), clock);
    }

    @Bean
    ExecutionArns executionArns(
            WebhookProperties properties,
            @Value("${millrace.region}") String region,
            @Value("${millrace.account-id}") String account) {
        return new ExecutionArns(region, account, properties.stateMachine());
    }
}
