package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ActivityListItem;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Activities and their workers, as the SDK sees them. */
class ActivityApiTests {

    /** A replica that goes away may have a message in hand that another test waits for. */
    private static final List<String> WITHOUT_QUEUES =
            Stream.of("startExecution", "startExpress", "taskResult", "wakeUp")
                    .map(
                            "--spring.cloud.stream.bindings.%s-in-0.consumer.auto-startup=false"
                                    ::formatted)
                    .toList();

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SfnClient sfn = fixture.sfn();
    private final String name = "activity-" + UUID.randomUUID();

    @Test
    void aWorkerDoesATask() {
        var activity = create();
        var execution = start(activity, "\"TimeoutSeconds\": 300, \"HeartbeatSeconds\": 60,");

        var task = ask(sfn, activity);
        assertThat(task.input()).isEqualTo("{\"a\":1}");
        sfn.sendTaskHeartbeat(send -> send.taskToken(task.taskToken()));
        sfn.sendTaskSuccess(send -> send.taskToken(task.taskToken()).output("{\"b\": 2}"));

        assertThat(ended(execution).output()).isEqualTo("{\"b\":2}");
        var history = history(execution);
        assertThat(history)
                .extracting(HistoryEvent::typeAsString)
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "ActivityScheduled",
                        "ActivityStarted",
                        "ActivitySucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        var scheduled = history.get(2).activityScheduledEventDetails();
        assertThat(scheduled.resource()).isEqualTo(activity);
        assertThat(scheduled.input()).isEqualTo("{\"a\":1}");
        assertThat(scheduled.timeoutInSeconds()).isEqualTo(300);
        assertThat(scheduled.heartbeatInSeconds()).isEqualTo(60);
        assertThat(history.get(3).activityStartedEventDetails().workerName()).isEqualTo("worker");
        assertThat(history.get(4).activitySucceededEventDetails().output()).isEqualTo("{\"b\":2}");
        assertThatThrownBy(() ->
                        sfn.sendTaskSuccess(send -> send.taskToken(task.taskToken()).output("{}")))
                .isInstanceOf(TaskTimedOutException.class);
    }

    @Test
    void aWorkerFailsATask() {
        var activity = create();
        var execution = start(activity, "");
        var task = ask(sfn, activity);

        sfn.sendTaskFailure(
                send -> send.taskToken(task.taskToken()).error("Broken").cause("it fell"));

        var ended = ended(execution);
        assertThat(ended.error()).isEqualTo("Broken");
        assertThat(ended.cause()).isEqualTo("it fell");
        assertThat(history(execution))
                .filteredOn(event -> event.type() == HistoryEventType.ACTIVITY_FAILED)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.activityFailedEventDetails().error()).isEqualTo("Broken"));
    }

    @Test
    void aTaskWhoseTimeIsOverIsTakenFromItsWorker() {
        var activity = create();
        var execution = start(activity, "\"TimeoutSeconds\": 1,");
        var task = ask(sfn, activity);

        assertThat(ended(execution).error()).isEqualTo("States.Timeout");
        assertThatThrownBy(() -> sfn.sendTaskHeartbeat(send -> send.taskToken(task.taskToken())))
                .isInstanceOf(TaskTimedOutException.class);
        assertThatThrownBy(() -> sfn.sendTaskHeartbeat(send -> send.taskToken("no token")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void withoutATaskAWorkerIsGivenNothing() {
        assertThat(ask(sfn, create()).taskToken()).isNull();
    }

    @Test
    void aWorkerThatWaitsIsGivenTheTaskAtOnce() throws Exception {
        var activity = create();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var task = workers.submit(() -> ask(sfn, activity));
            // It waits already, or comes a moment later: both are to work.
            start(activity, "");

            assertThat(task.get().input()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void eachTaskHasOneWorkerAndAnyReplicaHandsItOut() throws Exception {
        var activity = create();
        for (var i = 0; i < 10; i++) {
            start(activity, "");
        }
        try (var other = OrchestratorFixture.start(fixture.cloud(), WITHOUT_QUEUES);
                var atOther =
                        OrchestratorFixture.at(
                                        SfnClient.builder(), OrchestratorFixture.endpoint(other))
                                .build();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Callable<GetActivityTaskResponse>>();
            for (var i = 0; i < 5; i++) {
                asked.add(() -> ask(sfn, activity));
                asked.add(() -> ask(atOther, activity));
            }

            var tokens = new ArrayList<String>();
            for (var answer : workers.invokeAll(asked)) {
                tokens.add(answer.get().taskToken());
            }
            assertThat(tokens).hasSize(10).doesNotContainNull().doesNotHaveDuplicates();
        }
    }

    @Test
    void activitiesAreCreatedOnceListedAndDeleted() {
        var activity = create();
        var again = sfn.createActivity(ask -> ask.name(name));
        assertThat(again.activityArn())
                .isEqualTo(activity)
                .isEqualTo("arn:aws:states:us-east-1:000000000000:activity:" + name);

        var described = sfn.describeActivity(ask -> ask.activityArn(activity));
        assertThat(described.name()).isEqualTo(name);
        assertThat(described.creationDate()).isEqualTo(again.creationDate());

        sfn.createActivity(ask -> ask.name(name + "-2"));
        assertThat(sfn.listActivitiesPaginator(ask -> ask.maxResults(1)).activities())
                .extracting(ActivityListItem::name)
                .contains(name, name + "-2")
                .doesNotHaveDuplicates();

        sfn.deleteActivity(ask -> ask.activityArn(activity));
        sfn.deleteActivity(ask -> ask.activityArn(activity));
        assertThatThrownBy(() -> sfn.describeActivity(ask -> ask.activityArn(activity)))
                .isInstanceOf(ActivityDoesNotExistException.class);
        assertThatThrownBy(() -> ask(sfn, activity))
                .isInstanceOf(ActivityDoesNotExistException.class);
    }

    @Test
    void activitiesHaveTags() {
        var activity =
                sfn.createActivity(ask ->
                                ask.name(name)
                                        .tags(Tag.builder().key("team").value("blue").build()))
                        .activityArn();
        sfn.tagResource(ask ->
                ask.resourceArn(activity).tags(Tag.builder().key("stage").value("test").build()));
        sfn.untagResource(ask -> ask.resourceArn(activity).tagKeys("team"));

        assertThat(sfn.listTagsForResource(ask -> ask.resourceArn(activity)).tags())
                .containsExactly(Tag.builder().key("stage").value("test").build());
    }

    @Test
    void namesAndArnsAreChecked() {
        assertThatThrownBy(() -> sfn.createActivity(ask -> ask.name("a b")))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> sfn.describeActivity(ask -> ask.activityArn("nonsense")))
                .isInstanceOf(InvalidArnException.class);
    }

    private String create() {
        return sfn.createActivity(create -> create.name(name)).activityArn();
    }

    private static GetActivityTaskResponse ask(SfnClient client, String activity) {
        return client.getActivityTask(ask -> ask.activityArn(activity).workerName("worker"));
    }

    private String start(String activity, String fields) {
        var machine =
                sfn.createStateMachine(create ->
                                create.name("machine-" + UUID.randomUUID())
                                        .roleArn("arn:aws:iam::000000000000:role/any")
                                        .definition(
                                                """
                                                {"StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": "%s", %s "End": true}}}
                                                """
                                                        .formatted(activity, fields)))
                        .stateMachineArn();
        return sfn.startExecution(start -> start.stateMachineArn(machine).input("{\"a\": 1}"))
                .executionArn();
    }

    private DescribeExecutionResponse ended(String execution) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> sfn.describeExecution(describe -> describe.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }

    private List<HistoryEvent> history(String execution) {
        return sfn.getExecutionHistory(ask -> ask.executionArn(execution)).events();
    }
}
