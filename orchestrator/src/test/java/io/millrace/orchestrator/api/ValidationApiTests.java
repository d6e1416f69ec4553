package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.OrchestratorFixture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** ValidateStateMachineDefinition, asked by the AWS SDK. */
class ValidationApiTests {

    @Test
    void aDefinitionThatWorksIsOk() {
        var answer =
                validate("{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}", 100);

        assertThat(answer.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.OK);
        assertThat(answer.diagnostics()).isEmpty();
    }

    @Test
    void eachProblemIsTold() {
        var answer = validate("{}", 100);

        assertThat(answer.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.FAIL);
        assertThat(answer.diagnostics())
                .allSatisfy(problem -> assertThat(problem.message()).isNotBlank())
                .isNotEmpty();
        assertThat(answer.truncated()).isFalse();
    }

    @Test
    void moreProblemsThanAskedForAreLeftOut() {
        var answer =
                validate(
                        "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"No\"}, \"B\": {\"Type\": \"No\"}}}",
                        1);

        assertThat(answer.diagnostics()).hasSize(1);
        assertThat(answer.truncated()).isTrue();
    }

    private static ValidateStateMachineDefinitionResponse validate(String definition, int most) {
        return OrchestratorFixture.shared()
                .sfn()
                .validateStateMachineDefinition(
                        validate -> validate.definition(definition).maxResults(most));
    }
}
