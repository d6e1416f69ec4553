package io.millrace.orchestrator.wakeup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.millrace.orchestrator.OrchestratorProperties;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Engine;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.token.TaskTokens;
import io.millrace.orchestrator.workflow.StateMachineStore;
import io.millrace.orchestrator.workflow.StateMachines;
import io.millrace.stateslanguage.evaluate.StateEvaluator;
import io.millrace.stateslanguage.scope.Environment;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    private static final int NONCE_BYTES = 12;

    /** Instants are kept in milliseconds: what is decided on is what will be read back. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    Arns arns(
            @Value("${millrace.region}") String region,
            @Value("${millrace.account-id}") String account) {
        return new Arns(region, account);
    }

    @Bean
    TaskTokens taskTokens(StateMachineStore store, OrchestratorProperties properties) {
        var key = properties.tokenKey().orElseGet(() -> store.agree("token-key", newKey()));
        return new TaskTokens(Base64.getDecoder().decode(key));
    }

    private static String newKey() {
        return Base64.getEncoder().encodeToString(random(TaskTokens.MIN_KEY_BYTES));
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Bean
    StateEvaluator stateEvaluator(Clock clock) {
        return new StateEvaluator(
                new Environment(clock, RandomGenerator.getDefault(), UUID::randomUUID));
    }

    @Bean
    Engine engine(
            StateEvaluator evaluator,
            TaskTokens tokens,
            Arns arns,
            Clock clock,
            OrchestratorProperties properties) {
        return new Engine(
                evaluator,
                tokens,
                arns,
                clock,
                () -> Base64.getUrlEncoder().withoutPadding().encodeToString(random(NONCE_BYTES)),
                properties.bounds());
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService wakeUpExecutor() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("wake-up-", 0).factory());
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService alarmClock() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("alarm").factory());
    }

    @Bean
    Alarm alarm(
            @Qualifier("wakeUpExecutor") Executor executor,
            @Qualifier("alarmClock") ScheduledExecutorService alarmClock) {
        return (delay, work) -> {
            var _ =
                    alarmClock.schedule(
                            () -> executor.execute(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        };
    }

    @Bean
    Metrics executionMetrics(
            ObjectProvider<MeterRegistry> registries,
            ObjectProvider<ExecutionLog> log,
            ExecutionSpans spans) {
        return new Metrics(
                registries.getIfAvailable(CompositeMeterRegistry::new),
                (head, first) -> log.getObject().happened(head, first),
                spans);
    }

    @Bean
    WakeUps wakeUps(
            Journal journal,
            Engine engine,
            StateMachines machines,
            EffectCalls calls,
            MapRunData data,
            StateMachineStore store,
            Hints hints,
            Clock clock,
            @Qualifier("wakeUpExecutor") Executor executor,
            Alarm alarm,
            Metrics metrics,
            OrchestratorProperties properties) {
        var wakeUps =
                new WakeUps(
                        journal,
                        engine,
                        machines::definition,
                        calls,
                        data,
                        shards(store, properties),
                        hints,
                        clock,
                        executor,
                        alarm,
                        metrics,
                        properties.nearTimers());
        metrics.watch(wakeUps);
        return wakeUps;
    }

    @Bean
    Executions executions(
            WakeUps wakeUps,
            Engine engine,
            StateMachines machines,
            StateMachineStore store,
            OrchestratorProperties properties,
            Metrics metrics) {
        return new Executions(
                wakeUps, engine, machines, shards(store, properties), metrics::unawaited);
    }

    private static int shards(StateMachineStore store, OrchestratorProperties properties) {
        return Integer.parseInt(store.agree("shards", Integer.toString(properties.shards())));
    }
}
