package io.millrace.orchestrator.api;

import io.millrace.orchestrator.OrchestratorProperties;
import io.millrace.orchestrator.activity.ActivityStore;
import io.millrace.orchestrator.activity.LongPoll;
import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.express.ExpressExecutions;
import io.millrace.orchestrator.express.HistoryLog;
import io.millrace.orchestrator.integration.OwnApi;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.teststate.AnswerShapes;
import io.millrace.orchestrator.teststate.StateTester;
import io.millrace.orchestrator.wakeup.ExecutionLog;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.Quota;
import io.millrace.orchestrator.workflow.StateMachineStore;
import io.millrace.orchestrator.workflow.StateMachines;
import java.time.Clock;
import java.util.HashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    Published published(StateMachineStore store, Clock clock) {
        return new Published(store, clock);
    }

    @Bean
    Targets targets(StateMachines machines, Published published, Arns arns) {
        return new Targets(machines, published, arns, ApiConfiguration::random);
    }

    @Bean
    Operations operations(
            Executions executions,
            ExpressExecutions expressExecutions,
            StateMachines machines,
            Published published,
            Targets targets,
            Journal journal,
            Arns arns,
            StateTester tester,
            AnswerShapes shapes,
            ActivityStore activities,
            LongPoll workers,
            Clock clock,
            OrchestratorProperties properties) {
        var mostBytes = properties.bounds().payload();
        var versions = new VersionOperations(targets, published, arns, clock);
        var tags = new TagOperations(machines, activities, published, arns);
        var express = new ExpressOperations(expressExecutions, targets, arns);
        var redrives = new RedriveView(arns, clock);
        var operations = new HashMap<String, Operation>();
        operations.putAll(
                new StateMachineOperations(machines, published, targets, versions, tags, arns)
                        .operations());
        operations.putAll(versions.operations());
        operations.putAll(new AliasOperations(targets, published, arns, clock).operations());
        operations.putAll(tags.operations());
        operations.putAll(
                new ActivityOperations(
                                activities,
                                workers,
                                tags,
                                arns,
                                clock,
                                new Quota(properties.registered(), activities::count, clock))
                        .operations());
        operations.putAll(
                new ExecutionOperations(
                                executions,
                                express,
                                targets,
                                machines,
                                journal,
                                arns,
                                redrives,
                                mostBytes)
                        .operations());
        operations.putAll(express.operations());
        operations.putAll(new RedriveOperations(executions, journal, arns, clock).operations());
        operations.putAll(new MapRunOperations(executions, journal, arns).operations());
        operations.putAll(new TaskOperations(executions, mostBytes).operations());
        operations.putAll(new ValidationOperations(machines).operations());
        operations.putAll(
                new TestStateOperations(tester, new TestMocks(shapes), arns, clock).operations());
        return new Operations(operations);
    }

    @Bean
    OwnApi ownApi(Operations operations, Arns arns) {
        return new OwnRequests(operations, arns);
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    @Bean
    ExecutionLog executionLog(Targets targets, HistoryLog log, Clock clock) {
        return new StandardLog(targets::of, log, clock);
    }

    @Bean
    HistoryLog historyLog(Arns arns) {
        return new LoggedHistory(arns);
    }
}
