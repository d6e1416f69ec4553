package io.millrace.stateslanguage.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResourceRulesTests {

    @Test
    void everyTaskNamesAResourceThatThereIsHoweverDeepItStands() {
        var definition =
                new DefinitionParser()
                        .parse(
                                """
                                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                                  {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
                                    "StartAt": "A", "States": {
                                      "A": {"Type": "Task", "Resource": "arn:aws:states:::x:known", "Next": "B"},
                                      "B": {"Type": "Task", "Resource": "arn:aws:states:::x:unknown", "End": true}}}}}},
                                  {"StartAt": "C", "States": {
                                    "C": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true}}}]}}}
                                """)
                        .orThrow();

        var problems = ResourceRules.check(definition, resource -> resource.endsWith(":known"));

        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::x:unknown is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/P/Branches[0]/States/M/ItemProcessor/States/B/Resource");
    }
}
