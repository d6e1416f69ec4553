package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.orchestrator.OrchestratorFixture;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;
import software.amazon.awssdk.services.sfn.model.Tag;

/** Versions, aliases and tags as the SDK sees them. */
class ReleaseApiTests {

    private static final String ROLE = "arn:aws:iam::000000000000:role/test";

    private final SfnClient sfn = OrchestratorFixture.shared().sfn();
    private final String name = "release-" + UUID.randomUUID();

    @Test
    void aVersionKeepsTheDefinitionThatItWasPublishedWith() {
        var machine = create(1);
        var first = publish(machine);
        update(machine, 2);
        var second = publish(machine);

        assertThat(first).isEqualTo(machine + ":1");
        assertThat(second).isEqualTo(machine + ":2");
        assertThat(output(first)).isEqualTo("1");
        assertThat(output(second)).isEqualTo("2");
        assertThat(sfn.describeStateMachine(asked -> asked.stateMachineArn(first)).definition())
                .isEqualTo(definition(1));
        assertThat(
                        sfn.listStateMachineVersions(asked -> asked.stateMachineArn(machine))
                                .stateMachineVersions())
                .extracting(StateMachineVersionListItem::stateMachineVersionArn)
                .containsExactly(second, first);
    }

    @Test
    void anAliasLeadsByWeightAndItsVersionsCannotGo() {
        var machine = create(1);
        var first = publish(machine);
        update(machine, 2);
        var second = publish(machine);
        var alias =
                sfn.createStateMachineAlias(asked ->
                                asked.name("live")
                                        .routingConfiguration(
                                                List.of(route(first, 50), route(second, 50))))
                        .stateMachineAliasArn();

        assertThat(IntStream.range(0, 40).mapToObj(_ -> output(alias)).distinct())
                .containsExactlyInAnyOrder("1", "2");
        assertThatThrownBy(() ->
                        sfn.deleteStateMachineVersion(asked -> asked.stateMachineVersionArn(first)))
                .isInstanceOf(ConflictException.class);

        sfn.updateStateMachineAlias(asked ->
                asked.stateMachineAliasArn(alias)
                        .routingConfiguration(List.of(route(second, 100))));
        assertThat(output(alias)).isEqualTo("2");
        sfn.deleteStateMachineVersion(asked -> asked.stateMachineVersionArn(first));
        assertThat(
                        sfn.describeStateMachineAlias(asked -> asked.stateMachineAliasArn(alias))
                                .routingConfiguration())
                .singleElement()
                .satisfies(to -> assertThat(to.stateMachineVersionArn()).isEqualTo(second));
        assertThat(
                        sfn.listStateMachineAliases(asked -> asked.stateMachineArn(machine))
                                .stateMachineAliases())
                .hasSize(1);
        sfn.deleteStateMachineAlias(asked -> asked.stateMachineAliasArn(alias));
        assertThatThrownBy(() ->
                        sfn.describeStateMachineAlias(asked -> asked.stateMachineAliasArn(alias)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void anExecutionTellsTheVersionAndTheAliasThatItWasStartedBy() {
        var machine = create(1);
        var first = publish(machine);
        update(machine, 2);
        var second = publish(machine);
        var alias =
                sfn.createStateMachineAlias(asked ->
                                asked.name("live").routingConfiguration(List.of(route(first, 100))))
                        .stateMachineAliasArn();
        var plain = start(machine);
        var byVersion = start(second);
        var byAlias = start(alias);

        // Not even if a version is of the same revision (Step Functions, "How Step Functions
        // associates executions with a version or alias").
        assertThat(described(plain).stateMachineVersionArn()).isNull();
        assertThat(described(byVersion).stateMachineVersionArn()).isEqualTo(second);
        assertThat(described(byVersion).stateMachineAliasArn()).isNull();
        assertThat(described(byAlias).stateMachineArn()).isEqualTo(machine);
        assertThat(described(byAlias).stateMachineVersionArn()).isEqualTo(first);
        assertThat(described(byAlias).stateMachineAliasArn()).isEqualTo(alias);
        assertThat(
                        sfn.getExecutionHistory(asked -> asked.executionArn(byAlias))
                                .events()
                                .getFirst()
                                .executionStartedEventDetails())
                .satisfies(details -> {
                    assertThat(details.stateMachineVersionArn()).isEqualTo(first);
                    assertThat(details.stateMachineAliasArn()).isEqualTo(alias);
                });
        await().untilAsserted(() -> {
            assertThat(listed(machine))
                    .extracting(ExecutionListItem::executionArn)
                    .containsExactlyInAnyOrder(plain, byVersion, byAlias);
            assertThat(listed(alias))
                    .singleElement()
                    .satisfies(item -> {
                        assertThat(item.executionArn()).isEqualTo(byAlias);
                        assertThat(item.stateMachineVersionArn()).isEqualTo(first);
                        assertThat(item.stateMachineAliasArn()).isEqualTo(alias);
                    });
            assertThat(listed(first))
                    .extracting(ExecutionListItem::executionArn)
                    .containsExactly(byAlias);
        });
        assertThatThrownBy(() -> listed(machine + ":9"))
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @Test
    void anAliasIsDescribedByTheVersionThatItLeadsMostExecutionsTo() {
        var machine = create(1);
        var first = publish(machine);
        update(machine, 2);
        var second = publish(machine);
        sfn.createStateMachineAlias(asked ->
                asked.name("live")
                        .routingConfiguration(List.of(route(first, 40), route(second, 60))));
        sfn.createStateMachineAlias(asked ->
                asked.name("old")
                        .routingConfiguration(List.of(route(first, 50), route(second, 50))));
        update(machine, 3);

        var live = sfn.describeStateMachine(asked -> asked.stateMachineArn(machine + ":live"));
        var old = sfn.describeStateMachine(asked -> asked.stateMachineArn(machine + ":old"));

        assertThat(live.stateMachineArn()).isEqualTo(machine + ":live");
        assertThat(live.definition()).isEqualTo(definition(2));
        assertThat(old.definition()).isEqualTo(definition(1));
        assertThatThrownBy(() ->
                        sfn.describeStateMachine(asked -> asked.stateMachineArn(machine + ":none")))
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @Test
    void aRevisionHasAnIdOnceDefinitionOrRoleHaveChanged() {
        var machine = create(1);
        var execution = start(machine);
        assertThat(machine(machine).revisionId()).isNull();
        assertThat(
                        sfn.updateStateMachine(asked ->
                                        asked.stateMachineArn(machine)
                                                .tracingConfiguration(t -> t.enabled(true)))
                                .revisionId())
                .isNull();
        var first =
                sfn.publishStateMachineVersion(
                                asked -> asked.stateMachineArn(machine).revisionId("INITIAL"))
                        .stateMachineVersionArn();

        var ofDefinition = update(machine, 2);
        var ofRole =
                sfn.updateStateMachine(asked -> asked.stateMachineArn(machine).roleArn(ROLE + "2"))
                        .revisionId();

        assertThat(List.of(ofDefinition, ofRole)).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(machine(machine).revisionId()).isEqualTo(ofRole);
        assertThat(machine(first).revisionId()).isNull();
        assertThat(
                        sfn.describeStateMachineForExecution(asked -> asked.executionArn(execution))
                                .revisionId())
                .isNull();
        assertThat(
                        sfn.describeStateMachineForExecution(
                                        asked -> asked.executionArn(start(machine)))
                                .revisionId())
                .isEqualTo(ofRole);
        assertThatThrownBy(() ->
                        sfn.publishStateMachineVersion(
                                asked -> asked.stateMachineArn(machine).revisionId("INITIAL")))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void theSameRequestWithAnotherRoleCreatesNothingAndChangesNothing() {
        var machine = create(1);

        var again =
                sfn.createStateMachine(
                        asked -> asked.name(name).roleArn(ROLE + "2").definition(definition(1)));

        assertThat(again.stateMachineArn()).isEqualTo(machine);
        assertThat(machine(machine).roleArn()).isEqualTo(ROLE);
        assertThatThrownBy(() ->
                        sfn.createStateMachine(asked ->
                                asked.name(name)
                                        .roleArn(ROLE)
                                        .definition(definition(1))
                                        .tracingConfiguration(t -> t.enabled(true))))
                .isInstanceOf(StateMachineAlreadyExistsException.class);
    }

    private DescribeStateMachineResponse machine(String arn) {
        return sfn.describeStateMachine(asked -> asked.stateMachineArn(arn));
    }

    private DescribeExecutionResponse described(String execution) {
        return sfn.describeExecution(asked -> asked.executionArn(execution));
    }

    private List<ExecutionListItem> listed(String arn) {
        return sfn.listExecutions(asked -> asked.stateMachineArn(arn)).executions();
    }

    private String start(String arn) {
        return sfn.startExecution(asked -> asked.stateMachineArn(arn)).executionArn();
    }

    @Test
    void tagsComeAndGo() {
        var machine = create(1);

        sfn.tagResource(asked ->
                asked.resourceArn(machine).tags(tag("team", "orders"), tag("stage", "test")));
        sfn.untagResource(asked -> asked.resourceArn(machine).tagKeys("stage"));

        assertThat(sfn.listTagsForResource(asked -> asked.resourceArn(machine)).tags())
                .isEqualTo(List.of(tag("team", "orders")));
    }

    private static RoutingConfigurationListItem route(String version, int weight) {
        return RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(weight)
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private String create(int result) {
        return sfn.createStateMachine(
                        asked -> asked.name(name).roleArn(ROLE).definition(definition(result)))
                .stateMachineArn();
    }

    private String update(String machine, int result) {
        return sfn.updateStateMachine(
                        asked -> asked.stateMachineArn(machine).definition(definition(result)))
                .revisionId();
    }

    private String publish(String machine) {
        return sfn.publishStateMachineVersion(asked -> asked.stateMachineArn(machine))
                .stateMachineVersionArn();
    }

    private String output(String arn) {
        var execution = start(arn);
        return await().until(
                        () -> sfn.describeExecution(asked -> asked.executionArn(execution)),
                        described -> described.status() == ExecutionStatus.SUCCEEDED)
                .output();
    }

    private static String definition(int result) {
        return "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"Result\": %d, \"End\": true}}}"
                .formatted(result);
    }
}
