package io.millrace.datasync;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.dynamodb.DynamoDbProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.datasync.aws.DynamoDbLeases;
import io.millrace.datasync.aws.DynamoDbStreamSource;
import io.millrace.datasync.poll.Delivery;
import io.millrace.datasync.poll.PollMetrics;
import io.millrace.datasync.poll.PollSettings;
import io.millrace.datasync.poll.StreamPoller;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Where the stream is read by this service itself; on Lambda, AWS reads it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "millrace.data-sync.enabled", matchIfMissing = true)
class StreamConfiguration {

    @Bean
    DynamoDbStreamsClient dynamoDbStreams(
            AwsClientBuilderConfigurer configurer,
            DynamoDbProperties properties,
            ObjectProvider<AwsConnectionDetails> connection) {
        return configurer
                .configureSyncClient(
                        DynamoDbStreamsClient.builder(),
                        properties,
                        connection.getIfAvailable(),
                        Stream.empty(),
                        Stream.empty())
                .build();
    }

    @Bean
    DynamoDbStreamSource streamSource(
            DynamoDbClient dynamoDb,
            DynamoDbStreamsClient streams,
            DataSyncProperties properties,
            @Value("${millrace.resources.RecordsTable}") String table) {
        return new DynamoDbStreamSource(dynamoDb, streams, table, properties.pageSize());
    }

    @Bean
    DynamoDbLeases leaseStore(
            DynamoDbClient dynamoDb,
            DynamoDbStreamSource source,
            Clock clock,
            @Value("${millrace.resources.LeasesTable}") String table) {
        return new DynamoDbLeases(dynamoDb, table, source::name, clock);
    }

    @Bean
    StreamPoller streamPoller(
            DynamoDbStreamSource source,
            DynamoDbLeases leases,
            Delivery delivery,
            DataSyncProperties properties,
            MeterRegistry registry,
            Clock clock) {
        var settings =
                new PollSettings(
                        properties.idle(),
                        properties.leaseDuration(),
                        properties.discoveryInterval(),
                        properties.maxBackOff());
        return new StreamPoller(
                "data-sync-" + UUID.randomUUID(),
                source,
                leases,
                delivery,
                settings,
                new PollMetrics(registry, clock),
                clock);
    }

    @Bean
    HealthIndicator streamHealthIndicator(StreamPoller poller) {
        return () ->
                poller.trouble()
                        .map(trouble -> Health.down().withDetail("trouble", trouble))
                        .orElseGet(() -> Health.up().withDetail("lag", poller.lag().toString()))
                        .build();
    }
}
