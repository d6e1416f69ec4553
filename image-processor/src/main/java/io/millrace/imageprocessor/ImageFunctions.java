package io.millrace.imageprocessor;

import io.millrace.events.Event;
import io.millrace.events.EventIds;
import io.millrace.events.StartExecution;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.imageprocessor.aws.ImageBuckets;
import io.millrace.imageprocessor.rendering.JavaRenderer;
import io.millrace.imageprocessor.upload.S3Notification;
import io.millrace.imageprocessor.upload.Upload;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
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

    /** The task of the workflow. */
    @Bean
    Function<Event<TaskRequest>, Event<? extends TaskResult>> renderImage(
            S3Client s3,
            ImageProperties properties,
            Clock clock,
            @Value("${millrace.resources.ResultsBucket}") String results) {
        var task =
                new RenderTask(
                        new ImageBuckets(s3, results, properties.maxSize()),
                        new JavaRenderer(properties.maxPixels()),
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
