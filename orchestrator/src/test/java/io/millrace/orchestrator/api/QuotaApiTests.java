package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.orchestrator.OrchestratorFixture;
import io.millrace.orchestrator.OrchestratorProperties;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ActivityLimitExceededException;
import software.amazon.awssdk.services.sfn.model.StateMachineLimitExceededException;

/** How many state machines and activities there may be, as the SDK sees it. */
class QuotaApiTests {

    private static final String DEFINITION =
            """
            {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
            """;

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final String name = "quota-" + UUID.randomUUID();

    @Test
    void oneMoreThanThereMayBeIsRefusedAndOneThatIsThereIsAnsweredAsEver() {
        var machine = createMachine(fixture.sfn(), name);
        var activity = createActivity(fixture.sfn(), name);
        try (var full =
                        OrchestratorFixture.start(
                                fixture.cloud(),
                                List.of("--millrace.orchestrator.most-registered=0"));
                var there =
                        OrchestratorFixture.at(
                                        SfnClient.builder(), OrchestratorFixture.endpoint(full))
                                .build()) {
            assertThat(createMachine(there, name)).isEqualTo(machine);
            assertThat(createActivity(there, name)).isEqualTo(activity);
            assertThatThrownBy(() -> createMachine(there, name + "-2"))
                    .isInstanceOf(StateMachineLimitExceededException.class);
            assertThatThrownBy(() -> createActivity(there, name + "-2"))
                    .isInstanceOf(ActivityLimitExceededException.class);
        }
        assertThat(createMachine(fixture.sfn(), name + "-2")).endsWith(name + "-2");
        assertThat(createActivity(fixture.sfn(), name + "-2")).endsWith(name + "-2");
    }

    @Test
    void strictlyAsAwsThereMayBeAHundredThousandAndOtherwiseAnyNumber() {
        assertThat(properties(Map.of("aws-strict", "true")).registered()).isEqualTo(100_000);
        assertThat(properties(Map.of("aws-strict", "true", "most-registered", "150000")))
                .extracting(OrchestratorProperties::registered)
                .isEqualTo(150_000L);
        assertThat(properties(Map.of()).registered()).isEqualTo(Long.MAX_VALUE);
    }

    private static OrchestratorProperties properties(Map<String, String> values) {
        var source = new MapConfigurationPropertySource();
        values.forEach((key, value) -> source.put("millrace.orchestrator." + key, value));
        return new Binder(source)
                .bindOrCreate("millrace.orchestrator", OrchestratorProperties.class);
    }

    private static String createMachine(SfnClient sfn, String named) {
        return sfn.createStateMachine(ask ->
                        ask.name(named)
                                .definition(DEFINITION)
                                .roleArn("arn:aws:iam::000000000000:role/r"))
                .stateMachineArn();
    }

    private static String createActivity(SfnClient sfn, String named) {
        return sfn.createActivity(ask -> ask.name(named)).activityArn();
    }
}
