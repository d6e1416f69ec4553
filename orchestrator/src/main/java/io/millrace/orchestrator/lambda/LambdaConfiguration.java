package io.millrace.orchestrator.lambda;

import io.millrace.lambdaadapter.BeforeFreeze;
import io.millrace.lambdaadapter.Deadline;
import io.millrace.lambdaadapter.LambdaTrigger;
import io.millrace.orchestrator.timer.DuePoller;
import io.millrace.orchestrator.wakeup.WakeUps;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import tools.jackson.databind.JsonNode;

@Configuration(proxyBeanMethods = false)
@Profile("lambda")
class LambdaConfiguration {

    /** EventBridge Scheduler's event: looks once for what is due. */
    @Bean
    LambdaTrigger dueTrigger(DuePoller poller) {
        return new LambdaTrigger() {

            @Override
            public boolean takes(JsonNode event) {
                return event.path("detail-type").asString("").equals("Scheduled Event");
            }

            @Override
            public Object handle(JsonNode event, Deadline deadline) {
                poller.sweep();
                return Map.of();
            }
        };
    }

    @Bean
    BeforeFreeze executionsAtRest(WakeUps wakeUps) {
        return new AtRest(wakeUps::effectsInFlight, wakeUps::executionsAtHand)::await;
    }
}
