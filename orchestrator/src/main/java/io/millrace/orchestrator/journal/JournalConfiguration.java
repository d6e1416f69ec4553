package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.OrchestratorProperties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

    @Bean
    Journal journal(
            DynamoDbClient dynamoDb,
            @Value("${millrace.resources.ExecutionsTable}") String table,
            OrchestratorProperties properties) {
        return new DynamoDbJournal(dynamoDb, table, properties.retention());
    }
}
