package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.orchestrator.OrchestratorFixture;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.InvalidEncryptionConfigurationException;
import software.amazon.awssdk.services.sfn.model.InvalidLoggingConfigurationException;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** How a state machine is logged, traced and encrypted, as the SDK asks for it. */
class ConfigurationApiTests {

    private static final String ROLE = "arn:aws:iam::000000000000:role/test";
    private static final String GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:machines";

    /** Fails after a step that does not. */
    private static final String FAILS =
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Fail", "Error": "No", "Cause": "secret"}}}
            """;

    private final SfnClient sfn = OrchestratorFixture.shared().sfn();
    private final String name = "configured-" + UUID.randomUUID();

    @Test
    void aStateMachineThatSaysNothingHasWhatAwsGivesIt() {
        var machine = sfn.describeStateMachine(r -> r.stateMachineArn(create(_ -> {})));

        assertThat(machine.loggingConfiguration().level()).isEqualTo(LogLevel.OFF);
        assertThat(machine.tracingConfiguration().enabled()).isFalse();
        assertThat(machine.encryptionConfiguration().type())
                .isEqualTo(EncryptionType.AWS_OWNED_KEY);
    }

    @Test
    void whatIsConfiguredIsDescribedAndVersionsKeepIt() {
        var arn =
                create(r ->
                        r.loggingConfiguration(logging(LogLevel.ERROR, true, GROUP + ":*"))
                                .tracingConfiguration(t -> t.enabled(true))
                                .publish(true));
        var execution = sfn.startExecution(r -> r.stateMachineArn(arn + ":1")).executionArn();
        sfn.updateStateMachine(r ->
                r.stateMachineArn(arn)
                        .tracingConfiguration(t -> t.enabled(false))
                        .loggingConfiguration(LoggingConfiguration.builder().build()));

        var now = sfn.describeStateMachine(r -> r.stateMachineArn(arn));
        var version = sfn.describeStateMachine(r -> r.stateMachineArn(arn + ":1"));
        var followed = sfn.describeStateMachineForExecution(r -> r.executionArn(execution));

        assertThat(now.tracingConfiguration().enabled()).isFalse();
        assertThat(now.loggingConfiguration().level()).isEqualTo(LogLevel.OFF);
        assertThat(version.tracingConfiguration().enabled()).isTrue();
        assertThat(version.loggingConfiguration())
                .isEqualTo(logging(LogLevel.ERROR, true, GROUP + ":*"));
        assertThat(followed.tracingConfiguration().enabled()).isTrue();
        assertThat(followed.loggingConfiguration()).isEqualTo(version.loggingConfiguration());
        assertThat(followed.encryptionConfiguration().type())
                .isEqualTo(EncryptionType.AWS_OWNED_KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL   |                                                           | Must specify exactly one Log Destination.",
                "FATAL | arn:aws:logs:us-east-1:000000000000:log-group:a:*,arn:aws:logs:us-east-1:000000000000:log-group:b:* | Must specify exactly one Log Destination.",
                "ERROR | arn:aws:logs:us-east-1:000000000000:log-group:a           | Log Group ARN must be provided with '*' qualifier.",
                "OFF   | arn:aws:s3:::bucket:*                                     | Provided ARN is not CloudWatch Logs Log Group ARN."
            })
    void loggingThatAwsRefusesIsRefused(LogLevel level, String groups, String reason) {
        var destinations = groups == null ? new String[0] : groups.split(",");

        assertThatThrownBy(() ->
                        create(r -> r.loggingConfiguration(logging(level, false, destinations))))
                .isInstanceOf(InvalidLoggingConfigurationException.class)
                .hasMessageStartingWith("Invalid Logging Configuration: " + reason);
    }

    @Test
    void aKeyThatWouldNotBeUsedIsRefused() {
        assertThatThrownBy(() ->
                        create(r ->
                                r.encryptionConfiguration(
                                        e -> e.type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageContaining("kmsKeyId is required");
        assertThatThrownBy(() ->
                        create(r ->
                                r.encryptionConfiguration(e ->
                                        e.type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY)
                                                .kmsKeyId("alias/a"))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageContaining("set the key on the DynamoDB tables and the S3 bucket");
        assertThatThrownBy(() ->
                        sfn.createActivity(r ->
                                r.name(name)
                                        .encryptionConfiguration(e ->
                                                e.type(EncryptionType.AWS_OWNED_KEY)
                                                        .kmsDataKeyReusePeriodSeconds(901))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageContaining("between 60 and 900");
        var activity =
                sfn.createActivity(r ->
                        r.name(name)
                                .encryptionConfiguration(
                                        e -> e.type(EncryptionType.AWS_OWNED_KEY)));
        assertThat(
                        sfn.describeActivity(r -> r.activityArn(activity.activityArn()))
                                .encryptionConfiguration()
                                .type())
                .isEqualTo(EncryptionType.AWS_OWNED_KEY);
    }

    @Test
    void aDescriptionWithoutDataHasNoDefinition() {
        var arn = create(_ -> {});

        assertThat(
                        sfn.describeStateMachine(r ->
                                        r.stateMachineArn(arn)
                                                .includedData(IncludedData.METADATA_ONLY))
                                .definition())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OFF   |",
                "FATAL | ExecutionFailed",
                "ERROR | FailStateEntered,ExecutionFailed",
                "ALL   | ExecutionStarted,PassStateEntered,PassStateExited,FailStateEntered,ExecutionFailed"
            })
    void eventsOfAStandardExecutionAreLoggedOnceFromTheLevelOn(LogLevel level, String types) {
        var lines = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger("millrace.executions");
        lines.start();
        log.addAppender(lines);
        try {
            var execution =
                    run(create(r -> r.loggingConfiguration(logging(level, false, GROUP + ":*"))));

            var logged =
                    List.copyOf(lines.list).stream()
                            .map(ILoggingEvent::getFormattedMessage)
                            .filter(line -> line.contains(execution))
                            .map(line -> JsonMapper.shared().readTree(line))
                            .toList();
            assertThat(logged)
                    .extracting(line -> line.path("type").asString())
                    .isEqualTo(types == null ? List.of() : List.of(types.split(",")));
            assertThat(logged.toString()).doesNotContain("secret input");
        } finally {
            log.detachAppender(lines);
        }
    }

    private String run(String machine) {
        var execution =
                sfn.startExecution(
                                r -> r.stateMachineArn(machine).input("{\"a\": \"secret input\"}"))
                        .executionArn();
        await().until(
                        () -> sfn.describeExecution(r -> r.executionArn(execution)).status(),
                        ExecutionStatus.FAILED::equals);
        return execution;
    }

    private String create(Consumer<CreateStateMachineRequest.Builder> more) {
        return sfn.createStateMachine(
                        r -> more.accept(r.name(name).roleArn(ROLE).definition(FAILS)))
                .stateMachineArn();
    }

    private static LoggingConfiguration logging(LogLevel level, boolean data, String... groups) {
        return LoggingConfiguration.builder()
                .level(level)
                .includeExecutionData(data)
                .destinations(
                        List.of(groups).stream()
                                .map(arn ->
                                        LogDestination.builder()
                                                .cloudWatchLogsLogGroup(g -> g.logGroupArn(arn))
                                                .build())
                                .toArray(LogDestination[]::new))
                .build();
    }
}
