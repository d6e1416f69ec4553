package io.millrace.orchestrator.activity;

import io.millrace.orchestrator.OrchestratorProperties;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.workflow.DefinitionsTable;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;

@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

    @Bean
    ActivityStore activityStore(DefinitionsTable table) {
        return new DynamoDbActivityStore(table);
    }

    @Bean
    TaskQueue taskQueue(DefinitionsTable table) {
        return new DynamoDbTaskQueue(table);
    }

    /** Who wants effects done comes here first. */
    @Bean
    @Primary
    Offers offers(
            ActivityStore activities,
            TaskQueue queue,
            Engine engine,
            Arns arns,
            ObjectProvider<LongPoll> workers,
            @Qualifier("effectCalls") EffectCalls others) {
        return new Offers(
                activities,
                queue,
                engine,
                arns,
                activity -> workers.getObject().offered(activity),
                others);
    }

    @Bean(destroyMethod = "")
    LongPoll longPoll(
            TaskQueue queue,
            Journal journal,
            Engine engine,
            Executions executions,
            Clock clock,
            OrchestratorProperties properties) {
        return new LongPoll(
                new HandOut(
                        queue,
                        journal,
                        engine,
                        executions::wake,
                        clock,
                        () -> UUID.randomUUID().toString()),
                clock,
                properties.activityPoll());
    }

    /** The server waits for requests to end: those of workers would take long. */
    @Bean
    ApplicationListener<ContextClosedEvent> endOfLongPolls(
            LongPoll workers, ApplicationContext context) {
        return event -> {
            if (event.getApplicationContext().equals(context)) {
                workers.close();
            }
        };
    }
}
