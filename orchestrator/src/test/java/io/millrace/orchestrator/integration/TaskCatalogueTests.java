package io.millrace.orchestrator.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.OrchestratorFixture;
import io.millrace.stateslanguage.lint.TaskResources.Found;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCatalogueTests {

    private static final String ARN = "arn:aws:states:::";

    private final TaskCatalogue catalogue = new TaskCatalogue();

    @Test
    void itHasWhatTheOrchestratorCallsAndNothingElse() {
        var calls = OrchestratorFixture.shared().bean(IntegrationCalls.class);
        var actions =
                List.of(
                        "lambda:invoke",
                        "sqs:sendMessage",
                        "sqs:receiveMessage",
                        "sns:publish",
                        "dynamodb:getItem",
                        "dynamodb:putItem",
                        "dynamodb:updateItem",
                        "dynamodb:deleteItem",
                        "dynamodb:query",
                        "events:putEvents",
                        "states:startExecution",
                        "states:startSyncExecution",
                        "http:invoke",
                        "glue:startJobRun",
                        "aws-sdk:s3:getObject",
                        "aws-sdk:s3:putObject",
                        "aws-sdk:dynamodb:query",
                        "aws-sdk:sqs:receiveMessage",
                        "aws-sdk:sns:listTopics",
                        "aws-sdk:lambda:invoke",
                        "aws-sdk:eventbridge:putRule",
                        "aws-sdk:sfn:startSyncExecution",
                        "aws-sdk:sqs:ReceiveMessage",
                        "aws-sdk:ec2:describeInstances");
        for (var action : actions) {
            for (var pattern : List.of("", ".sync", ".sync:2", ".waitForTaskToken", ".async")) {
                var resource = ARN + action + pattern;
                assertThat(catalogue.find(resource) instanceof Found.Runs)
                        .as(resource)
                        .isEqualTo(calls.isKnown(resource));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "glue:startJobRun.sync",
                "ecs:runTask",
                "ecs:runTask.waitForTaskToken",
                "bedrock:invokeModel",
                "eks:call",
                "aws-sdk:ec2:describeInstances",
                "aws-sdk:secretsmanager:getSecretValue.waitForTaskToken"
            })
    void whatOnlyStepFunctionsHasIsElsewhere(String resource) {
        assertThat(catalogue.find(ARN + resource))
                .isInstanceOfSatisfying(
                        Found.Elsewhere.class,
                        elsewhere ->
                                assertThat(elsewhere.instead())
                                        .contains("sqs:sendMessage", "aws-sdk:", "s3"));
    }

    @ParameterizedTest
    @CsvSource({
        "sqs:sendMesage,               sqs:sendMessage",
        "sqs:SendMessage,              sqs:sendMessage",
        "sqs:sendMessage.sync,         ",
        "lambda:invoke.waitForTasktoken, lambda:invoke.waitForTaskToken",
        "states:startExecution.sync:3, states:startExecution.sync:2",
        "glue:startJobRuns.sync,       glue:startJobRun.sync",
        "eks:call.sync,                ",
        "aws-sdk:dynamodb:Query,       aws-sdk:dynamodb:query",
        "aws-sdk:dynamo:query,         aws-sdk:dynamodb:query",
        "aws-sdk:s3:getObject.sync,    ",
        "aws-sdk:nothing:likeIt,       ",
        "aws-sdk:ec2:DescribeInstances, "
    })
    void whatIsNowhereIsToldWithWhatIsWrittenMuchLikeIt(String resource, String meant) {
        assertThat(catalogue.find(ARN + resource))
                .isEqualTo(new Found.Nowhere(Optional.ofNullable(meant).map(like -> ARN + like)));
    }

    @Test
    void functionsAndActivitiesTakeAnything() {
        for (var arn :
                List.of(
                        "arn:aws:lambda:us-east-1:123456789012:function:f",
                        "arn:aws:states:us-east-1:123456789012:activity:a")) {
            assertThat(catalogue.find(arn)).isEqualTo(new Found.Runs(Optional.empty()));
        }
    }

    @Test
    void parametersOfAnSdksOperationAreThoseOfItsModel() {
        assertThat(catalogue.find(ARN + "aws-sdk:s3:putObject"))
                .isInstanceOfSatisfying(
                        Found.Runs.class,
                        found -> {
                            var parameters = found.parameters().orElseThrow();
                            assertThat(parameters.required())
                                    .containsExactlyInAnyOrder("Bucket", "Key");
                            assertThat(parameters.taken()).contains("Body", "ContentType");
                        });
    }
}
