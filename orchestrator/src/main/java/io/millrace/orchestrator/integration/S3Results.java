package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.MapResults;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes the results of distributed Maps (Step Functions, "ResultWriter (Map)"). */
final class S3Results {

    private static final int SERVER_ERRORS = 500;

    private final Supplier<S3Client> s3;
    private final MapResults results;

    S3Results(Supplier<S3Client> s3, Arns arns) {
        this.s3 = s3;
        this.results = new MapResults(arns);
    }

    /**
     * @throws EvaluationFailure States.ResultWriterFailed
     */
    Datum write(MapRun.Service writer, String mapRunArn, Stream<Head> children) {
        var ended = children.toList();
        var configuration = writer.configuration().node();
        if (writer.resource().isEmpty()) {
            return Datum.of(results.transformed(configuration, ended));
        }
        try {
            return Datum.of(export(writer, mapRunArn, ended));
        } catch (S3Exception e) {
            if (e.statusCode() >= SERVER_ERRORS) {
                throw e;
            }
            throw EvaluationFailure.of(
                    ErrorNames.RESULT_WRITER_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode export(MapRun.Service writer, String mapRunArn, List<Head> ended) {
        var arguments = writer.arguments().node();
        var configuration = writer.configuration().node();
        var bucket = arguments.path("Bucket").asString("");
        var prefix = arguments.path("Prefix").asString("");
        var folder =
                (prefix.isEmpty() ? "" : prefix + "/")
                        + mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
        var lines = configuration.path("OutputType").asString("JSON").equals("JSONL");
        var files = JsonNodeFactory.instance.objectNode();
        for (var result : List.of("FAILED", "PENDING", "SUCCEEDED")) {
            var those = ended.stream().filter(child -> result(child).equals(result)).toList();
            var file = files.putArray(result);
            if (!those.isEmpty()) {
                var key = "%s/%s_0.%s".formatted(folder, result, lines ? "jsonl" : "json");
                var text = text(results.transformed(configuration, those), lines);
                put(bucket, key, text);
                file.addObject().put("Key", key).put("Size", text.length());
            }
        }
        var manifest =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("DestinationBucket", bucket)
                        .put("MapRunArn", mapRunArn);
        manifest.set("ResultFiles", files);
        put(bucket, folder + "/manifest.json", manifest.toString());
        var output = JsonNodeFactory.instance.objectNode().put("MapRunArn", mapRunArn);
        output.putObject("ResultWriterDetails")
                .put("Bucket", bucket)
                .put("Key", folder + "/manifest.json");
        return output;
    }

    private static String result(Head child) {
        return switch (child.status()) {
            case SUCCEEDED -> "SUCCEEDED";
            case RUNNING -> "PENDING";
            case FAILED, TIMED_OUT, ABORTED -> "FAILED";
        };
    }

    private static String text(ArrayNode results, boolean lines) {
        if (!lines) {
            return results.toString();
        }
        var each = new ArrayList<String>();
        results.forEach(result -> each.add(result.toString()));
        return String.join("\n", each);
    }

    private void put(String bucket, String key, String text) {
        s3.get()
                .putObject(
                        put -> put.bucket(bucket).key(key).contentType("application/json"),
                        RequestBody.fromString(text));
    }
}
