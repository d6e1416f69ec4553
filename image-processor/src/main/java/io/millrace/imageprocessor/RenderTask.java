package io.millrace.imageprocessor;

import io.millrace.events.EventIds;
import io.millrace.events.TaskFailed;
import io.millrace.events.TaskRequest;
import io.millrace.events.TaskResult;
import io.millrace.events.TaskSucceeded;
import io.millrace.imageprocessor.aws.ImageBuckets;
import io.millrace.imageprocessor.aws.ImageBuckets.Found;
import io.millrace.imageprocessor.rendering.Metadata;
import io.millrace.imageprocessor.rendering.Rendered;
import io.millrace.imageprocessor.rendering.Renderer;
import io.millrace.imageprocessor.rendering.RenditionSpec;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The task of the workflow {@code image}: what was uploaded becomes renditions and metadata. */
final class RenderTask {

    private static final JsonMapper JSON = new JsonMapper();

    private final ImageBuckets buckets;
    private final Renderer renderer;
    private final List<RenditionSpec> specs;

    RenderTask(ImageBuckets buckets, Renderer renderer, List<RenditionSpec> specs) {
        this.buckets = buckets;
        this.renderer = renderer;
        this.specs = specs;
    }

    /** Answers a request; throws only what may pass, so that the message comes back. */
    TaskResult render(TaskRequest request) {
        var upload = request.input();
        var bucket = upload.path("bucket").asString("");
        var key = upload.path("key").asString("");
        var token = request.taskToken();
        if (bucket.isEmpty() || key.isEmpty() || upload.path("eventId").asString("").isEmpty()) {
            // Without the event's id two images would share a folder.
            return new TaskFailed(
                    token,
                    "Image.InvalidInput",
                    "the task's input needs eventId, bucket and key; it is " + upload);
        }
        var version = Optional.of(upload.path("versionId").asString("")).filter(v -> !v.isEmpty());
        return switch (buckets.find(bucket, key, version)) {
            case Found.Nothing _ ->
                    new TaskFailed(
                            token,
                            "Image.NotFound",
                            "there is no s3://%s/%s".formatted(bucket, key));
            case Found.TooLarge(var size, var limit) ->
                    new TaskFailed(
                            token,
                            "Image.TooLarge",
                            "s3://%s/%s has %d bytes, more than %d"
                                    .formatted(bucket, key, size, limit));
            case Found.NoImage _ ->
                    new TaskFailed(
                            token,
                            "Image.UnsupportedType",
                            "the first bytes of s3://%s/%s are those of no image"
                                    .formatted(bucket, key));
            case Found.Image(var bytes) ->
                    switch (renderer.render(bytes, specs)) {
                        case Rendered.Refused(var error, var cause) ->
                                new TaskFailed(
                                        token,
                                        error,
                                        "s3://%s/%s: %s".formatted(bucket, key, cause));
                        case Rendered.Done done -> new TaskSucceeded(token, stored(upload, done));
                    };
        };
    }

    private JsonNode stored(JsonNode upload, Rendered.Done done) {
        var eventId = upload.path("eventId").asString("");
        var folder = "images/" + EventIds.hash(eventId) + "/";
        var output = JSON.createObjectNode();
        output.put("eventId", eventId);
        output.put("bucket", upload.path("bucket").asString(""));
        output.put("key", upload.path("key").asString(""));
        output.set("metadata", json(done.metadata()));
        var renditions = output.putArray("renditions");
        for (var rendition : done.renditions()) {
            var key = folder + rendition.spec().fileName();
            buckets.put(key, rendition);
            renditions
                    .addObject()
                    .put("name", rendition.spec().name())
                    .put("bucket", buckets.results())
                    .put("key", key)
                    .put("contentType", rendition.spec().format().mediaType())
                    .put("width", rendition.width())
                    .put("height", rendition.height())
                    .put("bytes", rendition.content().length);
        }
        return output;
    }

    private static ObjectNode json(Metadata metadata) {
        var json =
                JSON.createObjectNode()
                        .put("contentType", metadata.format().mediaType())
                        .put("width", metadata.width())
                        .put("height", metadata.height())
                        .put("orientation", metadata.orientation())
                        .put("hadLocation", metadata.hadLocation());
        metadata.takenAt().ifPresent(at -> json.put("takenAt", at));
        metadata.camera().ifPresent(camera -> json.put("camera", camera));
        return json;
    }
}
