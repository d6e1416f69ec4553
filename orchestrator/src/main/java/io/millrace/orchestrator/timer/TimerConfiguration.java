package io.millrace.orchestrator.timer;

import io.millrace.orchestrator.OrchestratorProperties;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.wakeup.WakeUps;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TimerConfiguration {

    @Bean
    DuePoller duePoller(
            Journal journal,
            WakeUps wakeUps,
            Executions executions,
            Clock clock,
            OrchestratorProperties properties) {
        return new DuePoller(
                journal,
                wakeUps,
                clock,
                executions.shards(),
                properties.pollInterval(),
                properties.poll());
    }
}
