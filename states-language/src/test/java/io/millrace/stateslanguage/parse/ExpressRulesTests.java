package io.millrace.stateslanguage.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressRulesTests {

    @Test
    void nothingMayWaitForWhatIsOutside() {
        var definition =
                new DefinitionParser()
                        .parse(
                                """
                                {"StartAt": "Each", "States": {
                                  "Each": {"Type": "Map", "Next": "Both", "ItemProcessor": {
                                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                                    "StartAt": "Nested", "States": {"Nested": {"Type": "Task", "End": true,
                                      "Resource": "arn:aws:states:::states:startExecution.sync:2"}}}},
                                  "Both": {"Type": "Parallel", "End": true, "Branches": [
                                    {"StartAt": "Hand", "States": {"Hand": {"Type": "Task", "End": true,
                                      "Resource": "arn:aws:states:us-east-1:111111111111:activity:by-hand"}}},
                                    {"StartAt": "Send", "States": {"Send": {"Type": "Task", "End": true,
                                      "Resource": "arn:aws:states:::sns:publish.waitForTaskToken"}}},
                                    {"StartAt": "Fine", "States": {"Fine": {"Type": "Task", "End": true,
                                      "Resource": "arn:aws:states:::sns:publish"}}}]}}}
                                """)
                        .orThrow();

        assertThat(ExpressRules.check(definition))
                .extracting(Problem::text)
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States/Each/ItemProcessor/ProcessorConfig/Mode",
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration at /States/Each/ItemProcessor/States/Nested/Resource",
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at /States/Both/Branches[0]/States/Hand/Resource",
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration at /States/Both/Branches[1]/States/Send/Resource");
    }
}
