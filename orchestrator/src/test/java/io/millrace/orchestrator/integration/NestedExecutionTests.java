package io.millrace.orchestrator.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** Tasks that begin executions: {@code states:startExecution}. */
class NestedExecutionTests {

    private static final String SLEEPER =
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": true}}}
            """;

    private final Machines machines = Machines.shared();
    private final SfnClient sfn = OrchestratorFixture.shared().sfn();
    private final String adder =
            machines.create(
                    """
                    {"QueryLanguage": "JSONata", "StartAt": "Add", "States": {
                      "Add": {"Type": "Pass", "Output": {"sum": "{% $states.input.a + 1 %}"}, "End": true}}}
                    """);

    private static String start(String machine, String more) {
        return "{\"StateMachineArn\": \"%s\"%s}".formatted(machine, more);
    }

    @Test
    void theEndOfAnExecutionIsTheResultAsJsonOrAsText() {
        var json =
                machines.output(
                        "states:startExecution.sync:2",
                        start(adder, ", \"Input\": {\"a\": 1}, \"Name\": \"one\""));
        var text =
                machines.output(
                        "states:startExecution.sync", start(adder, ", \"Input\": {\"a\": 2}"));

        assertThat(json.path("Output")).isEqualTo(Machines.json("{\"sum\": 2}"));
        assertThat(json.path("Input")).isEqualTo(Machines.json("{\"a\": 1}"));
        assertThat(json.path("Name").stringValue()).isEqualTo("one");
        assertThat(json.path("Status").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(json.path("StopDate").longValue())
                .isGreaterThanOrEqualTo(json.path("StartDate").longValue());
        assertThat(json.path("RedriveStatusReason").stringValue())
                .isEqualTo("Execution is SUCCEEDED and cannot be redriven");
        assertThat(text.path("Output").stringValue()).isEqualTo("{\"sum\":3}");
        assertThat(text.path("Input").stringValue()).isEqualTo("{\"a\":2}");
    }

    @Test
    void theHistoryShowsThatTheExecutionWasBegunAndHowItEnded() {
        var execution =
                machines.task(
                                "states:startExecution.sync:2",
                                start(adder, ", \"Input\": {\"a\": 1}"))
                        .executionArn();

        var events = sfn.getExecutionHistory(r -> r.executionArn(execution)).events();

        assertThat(events.stream().map(event -> event.type()))
                .containsSubsequence(
                        HistoryEventType.TASK_SCHEDULED,
                        HistoryEventType.TASK_STARTED,
                        HistoryEventType.TASK_SUBMITTED,
                        HistoryEventType.TASK_SUCCEEDED);
        assertThat(events.get(2).taskScheduledEventDetails().resource())
                .isEqualTo("startExecution.sync:2");
        assertThat(events.get(2).taskScheduledEventDetails().resourceType()).isEqualTo("states");
    }

    @Test
    void aFailureIsToldWithAllThatIsKnownOfIt() {
        var failing =
                machines.create(
                        """
                        {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Broken", "Cause": "it fell"}}}
                        """);

        var ended = machines.task("states:startExecution.sync", start(failing, ""));

        assertThat(ended.error()).isEqualTo("States.TaskFailed");
        var cause = Machines.json(ended.cause());
        assertThat(cause.path("Status").stringValue()).isEqualTo("FAILED");
        assertThat(cause.path("Error").stringValue()).isEqualTo("Broken");
        assertThat(cause.path("Cause").stringValue()).isEqualTo("it fell");
        assertThat(cause.path("Input").stringValue()).isEqualTo("{}");
    }

    @Test
    void withoutSyncOnlyTheStartIsWaitedFor() {
        var sleeper = machines.create(SLEEPER);

        var output = machines.output("states:startExecution", start(sleeper, ""));

        var started = output.path("ExecutionArn").stringValue();
        assertThat(sfn.describeExecution(r -> r.executionArn(started)).status())
                .isEqualTo(ExecutionStatus.RUNNING);
        assertThat(output.path("StartDate").isIntegralNumber()).isTrue();
        assertThat(output.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
    }

    @Test
    void whoIsStoppedStopsWhatItWaitsFor() {
        var sleeper = machines.create(SLEEPER);
        var parent = machines.ofTask("states:startExecution.sync:2", start(sleeper, ""));
        var execution = sfn.startExecution(r -> r.stateMachineArn(parent)).executionArn();
        var child = only(sleeper);

        sfn.stopExecution(r -> r.executionArn(execution));

        assertThat(machines.ended(child.executionArn()).status())
                .isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void aTaskThatTimesOutStopsWhatItWaitsFor() {
        var sleeper = machines.create(SLEEPER);
        var parent =
                machines.create(
                        """
                        {"StartAt": "Do", "States": {"Do": {"Type": "Task", "TimeoutSeconds": 1, "End": true,
                          "Resource": "arn:aws:states:::states:startExecution.sync", "Parameters": %s}}}
                        """
                                .formatted(start(sleeper, "")));

        assertThat(machines.run(parent, "{}").error()).isEqualTo("States.Timeout");

        assertThat(machines.ended(only(sleeper).executionArn()).status())
                .isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void aNameThatIsTakenAndAMachineThatThereIsNotAreErrorsOfStepFunctions() {
        var sleeper = machines.create(SLEEPER);
        sfn.startExecution(r -> r.stateMachineArn(sleeper).name("taken").input("{\"x\":1}"));

        var taken =
                machines.task(
                        "states:startExecution.sync:2", start(sleeper, ", \"Name\": \"taken\""));
        var unknown = machines.task("states:startExecution", start(sleeper + "-none", ""));
        var wrong = machines.task("states:startExecution", start(sleeper, ", \"input\": {}"));

        assertThat(taken.error()).isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
        assertThat(taken.cause())
                .matches(
                        "Execution Already Exists: '.+:taken' \\(Service: AWSStepFunctions; Status Code: 400; Error Code: ExecutionAlreadyExists; Request ID: \\S+; Proxy: null\\)");
        assertThat(unknown.error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(wrong.error()).isEqualTo("States.Runtime");
        assertThat(
                        sfn.listExecutions(r -> r.stateMachineArn(sleeper)).executions().stream()
                                .map(ExecutionListItem::status))
                .containsExactly(ExecutionStatus.RUNNING);
    }

    @Test
    void theEndOfAnExpressWorkflowCannotBeWaitedFor() {
        var express =
                sfn.createStateMachine(r ->
                                r.name("test-" + UUID.randomUUID())
                                        .type(StateMachineType.EXPRESS)
                                        .roleArn("arn:aws:iam::000000000000:role/r")
                                        .definition(
                                                "{\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}}}"))
                        .stateMachineArn();

        var waited = machines.task("states:startExecution.sync", start(express, ""));
        var begun = machines.output("states:startExecution", start(express, ""));

        assertThat(waited.error()).isEqualTo("StepFunctions.StateMachineTypeNotSupportedException");
        assertThat(begun.path("ExecutionArn").stringValue()).contains(":express:");
    }

    private ExecutionListItem only(String machine) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> sfn.listExecutions(r -> r.stateMachineArn(machine)).executions(),
                        found -> !found.isEmpty())
                .getFirst();
    }
}
