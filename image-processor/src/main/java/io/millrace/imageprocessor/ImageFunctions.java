package io.millrace.imageprocessor;

import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.imageprocessor.aws.ImageBuckets;
import io.millrace.imageprocessor.rendering.Renderer;
import io.millrace.imageprocessor.upload.S3Notification;
import io.millrace.imageprocessor.upload.Upload;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/** What image-processor does, as functions. */
@Configuration(proxyBeanMethods = false)
class ImageFunctions {

    private static final Logger LOG = LoggerFactory.getLogger(ImageFunctions.class);
    private static final URI SOURCE = URI.create("/millrace/image-processor");

    /** The executions that a notification of S3 asks for: one per upload. */
    @Bean
    Function<String, List<Message<Event<StartExecution>>>> imageUploaded(
            ImageProperties properties, JsonMapper json) {
        return notification ->
                S3Notification.uploads(notification).stream()
                        .map(upload -> start(upload, properties.stateMachine(), json))
                        .map(event -> MessageBuilder.withPayload(event).build())
                        .toList();
    }

    /** What renders, chosen once and named in the log. */
    @Bean
    Renderer renderer(
            ImageProperties properties,
            @Value("${spring.cloud.stream.bindings.renderImage-in-0.consumer.concurrency}")
                    int atOnce) {
        var renderer =
                properties
                        .renderer()
                        .renderer(
                                properties.vipsLibraries(),
                                properties.maxPixels(),
                                atOnce,
                                properties.renditions());
        LOG.info(
                "Images are rendered by {}: reads {}, writes {}",
                renderer.name(),
                renderer.reads(),
                renderer.writes());
        return renderer;
    }

    /** The task of the workflow. */
    @Bean
    Function<Event<TaskRequest>, Event<? extends TaskResult>> renderImage(
            S3Client s3,
            ImageProperties properties,
            Renderer renderer,
            Clock clock,
            @Value("${millrace.resources.ResultsBucket}") String results) {
        var task =
                new RenderTask(
                        new ImageBuckets(s3, results, properties.maxSize()),
                        renderer,
                        properties.renditions());
        return event -> Event.of(event.id(), SOURCE, clock.instant(), task.render(event.data()));
    }

    private static Event<StartExecution> start(
            Upload upload, String stateMachine, JsonMapper json) {
        var input =
                json.createObjectNode()
                        .put("eventId", upload.eventId())
                        .put("bucket", upload.bucket())
                        .put("key", upload.key())
                        .put("sequencer", upload.sequencer())
                        .put("size", upload.size())
                        .put("eTag", upload.eTag())
                        .put("uploadedAt", upload.time().toString());
        upload.versionId().ifPresent(version -> input.put("versionId", version));
        var name = EventIds.executionName(upload.eventId());
        return Event.of(
                        upload.eventId(),
                        SOURCE,
                        upload.time(),
                        new StartExecution(stateMachine, name, input))
                .withSubject(upload.key());
    }
}
