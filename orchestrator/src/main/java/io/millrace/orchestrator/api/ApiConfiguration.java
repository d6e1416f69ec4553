package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.express.ExpressExecutions;
import io.millrace.orchestrator.express.HistoryLog;
import io.millrace.orchestrator.journal.Journal;
import io.millrace.orchestrator.teststate.AnswerShapes;
import io.millrace.orchestrator.teststate.StateTester;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.workflow.StateMachines;
import java.time.Clock;
import java.util.HashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    Operations operations(
            Executions executions,
            ExpressExecutions expressExecutions,
            StateMachines machines,
            Journal journal,
            Arns arns,
            StateTester tester,
            AnswerShapes shapes,
            Clock clock) {
        var express = new ExpressOperations(expressExecutions, machines, arns);
        var operations = new HashMap<String, Operation>();
        operations.putAll(new StateMachineOperations(machines, arns).operations());
        var redrives = new RedriveView(arns, clock);
        operations.putAll(
                new ExecutionOperations(executions, express, machines, journal, arns, redrives)
                        .operations());
        operations.putAll(express.operations());
        operations.putAll(new RedriveOperations(executions, journal, arns, clock).operations());
        operations.putAll(new TaskOperations(executions).operations());
        operations.putAll(new ValidationOperations().operations());
        operations.putAll(
                new TestStateOperations(tester, new TestMocks(shapes), arns, clock).operations());
        return new Operations(operations);
    }

    @Bean
    HistoryLog historyLog(Arns arns) {
        return new LoggedHistory(arns);
    }
}
