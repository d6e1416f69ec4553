package io.millrace.orchestrator;

import io.millrace.events.Event;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskResult;
import io.millrace.events.TaskSucceeded;
import io.millrace.events.TraceParent;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.TaskOutcome;
import io.millrace.orchestrator.express.ExpressExecutions;
import io.millrace.orchestrator.wakeup.Executions;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import io.millrace.servicestarter.Carriers;
import io.millrace.servicestarter.CurrentTrace;
import io.millrace.stateslanguage.error.StateError;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The functions that queues feed. */
@Configuration(proxyBeanMethods = false)
class OrchestratorFunctions {

    /** An orchestrator waits for tables and queues more than it computes. */
    @Bean
    @Profile("!lambda")
    ApplicationListener<ApplicationReadyEvent> carriers() {
        return _ -> Carriers.spareOnlyWhereThreadsStandStill();
    }

    /** Starts an execution; a name that was used is success: it is a hash of the event's id. */
    @Bean
    Consumer<Event<StartExecution>> startExecution(
            Executions executions,
            StateMachines machines,
            ExpressExecutions express,
            CurrentTrace current) {
        return event -> {
            var wanted = event.data();
            var input = Datum.of(wanted.input());
            var trace = current.within(event.trace()).map(TraceParent::value);
            machines.find(wanted.stateMachine())
                    .filter(machine -> machine.type() == StateMachine.Type.EXPRESS)
                    .ifPresentOrElse(
                            machine -> express.start(machine, wanted.name(), input, trace),
                            () ->
                                    executions.startNamed(
                                            wanted.stateMachine(), wanted.name(), input, trace));
        };
    }

    /** Runs an Express execution; its message is gone only when it has ended. */
    @Bean
    Consumer<byte[]> startExpress(ExpressExecutions express) {
        return express::take;
    }

    /** Gives a task its result; a second one, or one that comes too late, is recorded nowhere. */
    @Bean
    Consumer<Event<TaskResult>> taskResult(Executions executions) {
        return event -> {
            switch (event.data()) {
                case TaskSucceeded(var token, var output) ->
                        executions.answerIfAwaited(token, new TaskOutcome.Done(Datum.of(output)));
                case TaskFailed(var token, var error, var cause) ->
                        executions.answerIfAwaited(
                                token, new TaskOutcome.Failed(StateError.of(error, cause)));
            }
        };
    }

    /** Looks after an execution; the message is its id. */
    @Bean
    Consumer<byte[]> wakeUp(Executions executions) {
        return id ->
                executions.wake(
                        ExecutionId.parse(new String(id, StandardCharsets.UTF_8)),
                        new Signal.Due());
    }
}
