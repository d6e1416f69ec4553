package io.millrace.orchestrator.express;

import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.wakeup.Alarm;
import io.millrace.orchestrator.wakeup.EffectCalls;
import io.millrace.orchestrator.wakeup.Hints;
import io.millrace.orchestrator.wakeup.MapRunData;
import io.millrace.orchestrator.wakeup.Observer;
import io.millrace.orchestrator.wakeup.WakeUps;
import io.millrace.orchestrator.workflow.StateMachines;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExpressConfiguration {

    /** Farther than any timer: all are in this process. */
    private static final Duration NEAR = Duration.ofDays(366);

    @Bean
    ExpressExecutions expressExecutions(
            Engine engine,
            StateMachines machines,
            EffectCalls calls,
            MapRunData data,
            HistoryLog log,
            StartQueue queue,
            Clock clock,
            @Qualifier("wakeUpExecutor") Executor executor,
            Alarm alarm,
            Observer counts) {
        var running = new Running(counts, calls, log);
        return new ExpressExecutions(
                definitions ->
                        new WakeUps(
                                new MemoryJournal(),
                                engine,
                                definitions,
                                running,
                                data,
                                1,
                                Hints.NONE,
                                clock,
                                executor,
                                alarm,
                                running,
                                NEAR),
                running,
                queue,
                machines::definition);
    }
}
