package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.GpsDirectory;
import io.millrace.launcher.demo.Photographs;
import java.io.ByteArrayInputStream;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(WithPipeline.class)
class ImagePathTests {

    private static final Photographs PHOTOGRAPHS = new Photographs(1);

    private final Pipeline pipeline;
    private final Eyes eyes;
    private final String key = "images tests/" + UUID.randomUUID() + ".jpg";

    ImagePathTests(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.eyes = new Eyes(pipeline);
    }

    @BeforeEach
    void nothingIsKnownOfTheKey() {
        assertThat(eyes.executionsOfUpload(key)).isEmpty();
    }

    @Test
    void s3UploadReachesImageProcessorWhichStartsAnExecution() {
        upload(PHOTOGRAPHS.landscape(400, 300));
        var input = new JsonMapper().readTree(eyes.endedExecutionOfUpload(key).input());
        assertThat(input.path("bucket").asString()).isEqualTo(pipeline.aws().name("UploadsBucket"));
        assertThat(input.path("sequencer").asString()).isNotBlank();
    }

    @Test
    void orchestratorHasImageProcessorRenderAndAsksWhetherProcessingIsComplete() {
        upload(PHOTOGRAPHS.landscape(400, 300));
        var execution = eyes.endedExecutionOfUpload(key);
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(eyes.history(execution.executionArn()))
                .extracting(HistoryEvent::type)
                .containsSubsequence(
                        HistoryEventType.EXECUTION_STARTED,
                        HistoryEventType.TASK_STATE_ENTERED,
                        HistoryEventType.TASK_SCHEDULED,
                        HistoryEventType.TASK_SUCCEEDED,
                        HistoryEventType.CHOICE_STATE_ENTERED,
                        HistoryEventType.EXECUTION_SUCCEEDED);
        assertThat(eyes.history(execution.executionArn()))
                .filteredOn(event -> event.type() == HistoryEventType.CHOICE_STATE_ENTERED)
                .extracting(event -> event.stateEnteredEventDetails().name())
                .containsExactly("Processing complete?");
    }

    @Test
    void imageProcessorTurnsTheImageUprightAndDropsWhereItWasTaken() throws Exception {
        upload(PHOTOGRAPHS.turned(2400, 1800));
        var stored = eyes.announced(key, id -> id.contains(key)).data();
        var document = eyes.archived(stored);
        assertThat(document.toString()).doesNotContain("48.13", "11.57");
        var renditions =
                eyes.objects("images/").stream()
                        .map(S3Object::key)
                        .filter(rendition -> document.toString().contains(rendition))
                        .toList();
        assertThat(renditions).hasSize(4).anyMatch(rendition -> rendition.endsWith(".webp"));
        for (var rendition : renditions) {
            var bytes =
                    pipeline.aws()
                            .s3()
                            .getObjectAsBytes(r -> r.bucket(stored.bucket()).key(rendition))
                            .asByteArray();
            var image = ImageIO.read(new ByteArrayInputStream(bytes));
            assertThat(image.getHeight()).as(rendition).isGreaterThan(image.getWidth());
            assertThat(
                            ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes))
                                    .getDirectoriesOfType(GpsDirectory.class))
                    .as(rendition)
                    .isEmpty();
        }
    }

    @Test
    void successLeadsToTransformLoad() {
        upload(PHOTOGRAPHS.landscape(400, 300));
        var stored = eyes.announced(key, id -> id.contains(key)).data();
        assertThat(stored.kind()).isEqualTo("image");
        assertThat(eyes.item(stored.resultId())).isNotEmpty();
    }

    @Test
    void failureLeadsToErrorHandlerAndToOneDeadLetter() {
        upload(PHOTOGRAPHS.truncated(800, 600));
        var execution = eyes.endedExecutionOfUpload(key);
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        var failure =
                eyes.deadLetter(
                        key,
                        each ->
                                each.executionArn()
                                        .filter(execution.executionArn()::equals)
                                        .isPresent());
        assertThat(failure.error()).isEqualTo("Image.Unreadable");
        assertThat(failure.cause()).isNotBlank();
        assertThat(failure.failedState()).isPresent();
        assertThat(failure.payload().text().orElseThrow()).contains(key);
        assertThat(eyes.announcements(id -> id.contains(key))).isEmpty();
    }

    @Test
    void anUploadThatIsAnnouncedTwiceIsProcessedOnce() {
        var notification =
                """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
                  "eventTime":"2026-11-23T10:00:00.000Z","eventName":"ObjectCreated:Put",
                  "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"%s","arn":"arn:aws:s3:::%s"},
                    "object":{"key":"%s","size":1,"eTag":"e","sequencer":"00DOUBLE"}}}]}
                """
                        .formatted(
                                pipeline.aws().name("UploadsBucket"),
                                pipeline.aws().name("UploadsBucket"),
                                key.replace(' ', '+'));
        upload(PHOTOGRAPHS.landscape(400, 300));
        eyes.send("UploadsQueue", notification);
        eyes.send("UploadsQueue", notification);
        eyes.announced(key, id -> id.contains(key) && id.endsWith("00DOUBLE"));
        Eyes.eventually(
                "the upload's own result",
                () ->
                        eyes
                                .announcements(id -> id.contains(key) && !id.endsWith("00DOUBLE"))
                                .stream()
                                .findFirst());
        // The upload's own event and one, not two, of the event that came twice.
        assertThat(eyes.executionsOfUpload(key)).hasSize(2);
    }

    private void upload(byte[] content) {
        pipeline.triggers().upload(key, content, "image/jpeg");
    }
}
