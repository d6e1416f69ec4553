package io.millrace.streambinderaws.monitoring;

import io.millrace.streambinderaws.AwsMessageBinder;
import io.millrace.streambinderaws.consumer.ConsumerState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while the last request of a running consumer for messages has failed, and while a binding
 * could not be bound. It asks AWS nothing of its own, so it costs no requests.
 */
public final class AwsBinderHealthIndicator implements HealthIndicator {

    private final AwsMessageBinder binder;

    public AwsBinderHealthIndicator(AwsMessageBinder binder) {
        this.binder = binder;
    }

    @Override
    public Health health() {
        var health = Health.up();
        for (var consumer : binder.consumers()) {
            if (consumer.running() && consumer.pollFailure().isPresent()) {
                health.down();
            }
            health.withDetail(consumer.binding(), details(consumer));
        }
        binder.unbound()
                .forEach((binding, failure) ->
                        health.down().withDetail(binding, Map.of("error", failure.toString())));
        return health.build();
    }

    private static Map<String, Object> details(ConsumerState consumer) {
        var details = new LinkedHashMap<String, Object>();
        details.put("queue", consumer.queue());
        if (!consumer.group().isEmpty()) {
            details.put("group", consumer.group());
        }
        details.put("running", consumer.running());
        details.put("inFlight", consumer.inFlight());
        consumer.pollFailure().ifPresent(failure -> details.put("error", failure.toString()));
        return details;
    }
}
