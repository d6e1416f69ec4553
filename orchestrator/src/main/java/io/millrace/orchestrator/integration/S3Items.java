package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the items of distributed Maps from S3 (Step Functions, "ItemReader (Map)"): one object,
 * those that a manifest of an inventory or of Athena names, lists of objects, and what is in those.
 */
final class S3Items {

    private static final Pattern S3_URI = Pattern.compile("s3://([^/]+)/(.+)");

    private final Supplier<S3Client> s3;

    S3Items(Supplier<S3Client> s3) {
        this.s3 = s3;
    }

    /**
     * @throws EvaluationFailure States.ItemReaderFailed
     */
    Iterator<MapItem> read(MapRun.Service reader) {
        var configuration = reader.configuration().node();
        var items =
                reader.resource().endsWith(":s3:listObjectsV2")
                        ? listed(reader.arguments().node(), configuration)
                        : object(reader, configuration);
        return new CheckedItems(
                configuration.has("MaxItems")
                        ? limited(items, configuration.path("MaxItems").asLong())
                        : items);
    }

    private static Iterator<MapItem> limited(Iterator<MapItem> items, long most) {
        return ItemFiles.stream(items).limit(most).iterator();
    }

    private Iterator<MapItem> listed(JsonNode arguments, JsonNode configuration) {
        return configuration.path("Transformation").asString("NONE").equals("LOAD_AND_FLATTEN")
                ? new Flattened<>(loaded(arguments, configuration))
                : objects(arguments).map(S3Items::item).map(MapItem::of).iterator();
    }

    private Stream<S3Object> objects(JsonNode arguments) {
        return s3
                .get()
                .listObjectsV2Paginator(list ->
                        list.bucket(required(arguments, "Bucket"))
                                .prefix(arguments.path("Prefix").asString("")))
                .contents()
                .stream();
    }

    private static JsonNode item(S3Object object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Etag", object.eTag())
                .put("Key", object.key())
                .put("LastModified", object.lastModified().getEpochSecond())
                .put("Size", object.size())
                .put("StorageClass", object.storageClassAsString());
    }

    private Iterator<MapItem> object(MapRun.Service reader, JsonNode configuration) {
        if (!reader.resource().endsWith(":s3:getObject")) {
            throw failed("The resource %s reads no items".formatted(reader.resource()));
        }
        var arguments = reader.arguments().node();
        var bucket = required(arguments, "Bucket");
        var key = required(arguments, "Key");
        var content = open(bucket, key, arguments.path("VersionId"));
        if (configuration.path("ManifestType").asString("").equals("ATHENA_DATA")) {
            return new Flattened<>(unloaded(content, configuration));
        }
        var type = type(configuration);
        return type.equals("MANIFEST")
                ? ItemFiles.elements(new Flattened<>(inventory(ItemFiles.tree(content))))
                : ItemFiles.items(content, type, configuration);
    }

    /** The type of an inventory need not be given, and cannot be. */
    private static String type(JsonNode configuration) {
        var inventory = configuration.path("ManifestType").asString("").equals("S3_INVENTORY");
        return inventory ? "MANIFEST" : configuration.path("InputType").asString("JSON");
    }

    /** The object is copied first: no connection to S3 stays open while children run. */
    private InputStream open(String bucket, String key, JsonNode version) {
        try {
            var folder = Files.createTempDirectory("items");
            try {
                var copy = folder.resolve("object");
                s3.get()
                        .getObject(
                                get ->
                                        get.bucket(bucket)
                                                .key(key)
                                                .versionId(
                                                        version.isString()
                                                                ? version.stringValue()
                                                                : null),
                                copy);
                return ItemFiles.decompressed(
                        key, new BufferedInputStream(Files.newInputStream(copy)));
            } finally {
                // It stays readable until it is closed, or the process ends.
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The items in an object that was not named itself; each tells where it is from. */
    private Iterator<MapItem> items(String bucket, String key, JsonNode configuration) {
        var content = open(bucket, key, MissingNode.getInstance());
        var source = "S3://%s/%s".formatted(bucket, key);
        return ItemFiles.stream(ItemFiles.items(content, type(configuration), configuration))
                .map(item -> item.from(source))
                .iterator();
    }

    /** What is in the objects that are listed; a folder's marker is none of them. */
    private Iterator<Iterator<MapItem>> loaded(JsonNode arguments, JsonNode configuration) {
        var bucket = required(arguments, "Bucket");
        return objects(arguments)
                .map(S3Object::key)
                .filter(key -> !key.endsWith("/"))
                .map(key -> items(bucket, key, configuration))
                .iterator();
    }

    /** The manifest of Athena's UNLOAD has the URI of an object in each line. */
    private Iterator<Iterator<MapItem>> unloaded(InputStream content, JsonNode configuration) {
        return ItemFiles.rows(content)
                .map(row -> row.get(0).strip())
                .map(uri -> {
                    var parts = S3_URI.matcher(uri);
                    if (!parts.matches()) {
                        throw failed("The manifest names %s, which is no S3 URI".formatted(uri));
                    }
                    return items(parts.group(1), parts.group(2), configuration);
                })
                .iterator();
    }

    /** An inventory's manifest names gzipped CSV objects that list objects. */
    private Iterator<Iterator<JsonNode>> inventory(JsonNode manifest) {
        if (!manifest.path("fileFormat").asString("").equals("CSV")) {
            throw failed("Only inventories in the format CSV are offered");
        }
        var bucket = manifest.path("destinationBucket").asString("").replaceFirst("^arn:.*:::", "");
        var columns =
                Arrays.stream(manifest.path("fileSchema").asString("").split(","))
                        .map(String::strip)
                        .toList();
        return manifest.path("files")
                .valueStream()
                .map(file -> required(file, "key"))
                .map(key ->
                        ItemFiles.rows(open(bucket, key, MissingNode.getInstance()))
                                .map(row -> ItemFiles.row(columns, row, ','))
                                .iterator())
                .iterator();
    }

    private static String required(JsonNode arguments, String field) {
        return Optional.of(arguments.path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .orElseThrow(() -> failed("The ItemReader has no %s".formatted(field)));
    }

    static EvaluationFailure failed(String detail) {
        return EvaluationFailure.of(ErrorNames.ITEM_READER_FAILED, detail);
    }
}
