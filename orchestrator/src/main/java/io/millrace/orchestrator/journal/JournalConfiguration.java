package io.millrace.orchestrator.journal;

import io.millrace.orchestrator.OrchestratorProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

    /** Where in the bucket; policies name it. */
    private static final String LARGE_DATA = "executions/";

    /** A few hundred heads of the usual size: what goes on soon needs no read. */
    private static final long RECENT = 512 * 1024;

    @Bean
    Journal journal(
            DynamoDbClient dynamoDb,
            ObjectProvider<S3Client> s3,
            @Value("${millrace.resources.ExecutionsTable}") String table,
            @Value("${millrace.resources.ResultsBucket}") String bucket,
            OrchestratorProperties properties) {
        return new DynamoDbJournal(
                dynamoDb,
                table,
                new LargeData(s3::getObject, bucket, LARGE_DATA),
                properties.retention(),
                RECENT);
    }
}
