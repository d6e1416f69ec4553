package io.millrace.transformload;

import io.millrace.events.Event;
import io.millrace.events.LoadRequest;
import io.millrace.events.WorkDone;
import io.millrace.events.WorkItem;
import io.millrace.transformload.aws.DynamoDbResults;
import io.millrace.transformload.aws.S3Archive;
import io.millrace.transformload.aws.TopicAnnouncements;
import io.millrace.transformload.mapping.Mappings;
import io.millrace.transformload.result.Gathering;
import io.millrace.transformload.result.Loader;
import io.millrace.transformload.result.Storage;
import java.net.URI;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What transform-load does, as functions. */
@Configuration(proxyBeanMethods = false)
class TransformLoadFunctions {

    static final URI SOURCE = URI.create("/millrace/transform-load");

    /** Stores what a workflow or a table's change leads to. */
    @Bean
    Consumer<Event<LoadRequest>> load(Loader loader) {
        return event ->
                loader.load(event.id(), event.data().kind(), event.time(), event.data().payload());
    }

    /** Stores a line of a batch and says that it is done. */
    @Bean
    Function<Event<WorkItem>, Event<WorkDone>> workItem(Loader loader, Clock clock) {
        return event -> {
            loader.load(
                    event.id(), Mappings.WORK_ITEM, event.time(), Mappings.payload(event.data()));
            var done = new WorkDone(event.data().job(), event.data().line());
            return Event.of(event.id(), SOURCE, clock.instant(), done);
        };
    }

    @Bean
    Mappings mappings(TransformLoadProperties properties) {
        return Mappings.compile(properties.mappings(), properties.mappingTimeout());
    }

    @Bean
    Loader loader(
            Mappings mappings,
            DynamoDbClient dynamoDb,
            S3Client s3,
            StreamBridge bridge,
            Clock clock,
            TransformLoadProperties properties,
            @Value("${millrace.resources.ResultsTable}") String table,
            @Value("${millrace.resources.ResultsBucket}") String bucket) {
        var storage =
                new Storage(
                        new DynamoDbResults(dynamoDb, table, properties.maxItemSize(), clock),
                        new S3Archive(s3, bucket),
                        Thread::startVirtualThread);
        return new Loader(
                mappings,
                new Gathering(storage, properties.archiveLinger(), properties.archiveBatchSize()),
                new TopicAnnouncements(bridge, SOURCE));
    }
}
