package io.millrace.orchestrator.workflow;

import io.millrace.orchestrator.OrchestratorProperties;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

@Configuration(proxyBeanMethods = false)
class WorkflowConfiguration {

    @Bean
    DefinitionsTable definitionsTable(
            DynamoDbClient dynamoDb, @Value("${millrace.resources.DefinitionsTable}") String name) {
        return new DefinitionsTable(dynamoDb, name);
    }

    @Bean
    StateMachineStore stateMachineStore(DefinitionsTable table) {
        return new DynamoDbStateMachineStore(table);
    }

    @Bean
    StateMachines stateMachines(
            StateMachineStore store,
            Clock clock,
            ObjectProvider<KnownResources> resources,
            OrchestratorProperties properties) {
        return new StateMachines(
                store,
                clock,
                resource -> resources.getObject().isKnown(resource),
                new Quota(properties.registered(), store::count, clock));
    }

    @Bean
    Workflows workflows(
            StateMachines machines,
            StateMachineStore store,
            Environment environment,
            SqsAsyncClient sqs,
            OrchestratorProperties properties,
            @Value("${millrace.account-id}") String account) {
        var workflows =
                new Workflows(
                        machines,
                        store,
                        new Substitutions(environment, endpoint(sqs), queue -> url(sqs, queue)),
                        properties.workflows(),
                        "arn:aws:iam::%s:role/millrace".formatted(account));
        workflows.look();
        return workflows;
    }

    private static String endpoint(SqsAsyncClient sqs) {
        var client = sqs.serviceClientConfiguration();
        return "%s %s".formatted(client.region(), client.endpointOverride());
    }

    private static String url(SqsAsyncClient sqs, String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue))
                .thenApply(GetQueueUrlResponse::queueUrl)
                .join();
    }
}
