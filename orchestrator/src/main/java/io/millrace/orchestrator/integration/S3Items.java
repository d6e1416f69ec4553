package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.MapItem;
import io.millrace.orchestrator.execution.MapRun;
import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.EvaluationFailure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the items of distributed Maps from S3 (Step Functions, "ItemReader (Map)"): JSON, JSON
 * Lines and CSV objects, inventory manifests and lists of objects.
 */
final class S3Items {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<String, Character> DELIMITERS =
            Map.of("COMMA", ',', "PIPE", '|', "SEMICOLON", ';', "SPACE", ' ', "TAB", '\t');

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
                        ? elements(listed(reader.arguments().node()))
                        : object(reader, configuration);
        return new CheckedItems(
                configuration.has("MaxItems")
                        ? limited(items, configuration.path("MaxItems").asLong())
                        : items);
    }

    private static Iterator<MapItem> limited(Iterator<MapItem> items, long most) {
        return stream(items).limit(most).iterator();
    }

    private Iterator<JsonNode> listed(JsonNode arguments) {
        return s3
                .get()
                .listObjectsV2Paginator(list ->
                        list.bucket(required(arguments, "Bucket"))
                                .prefix(arguments.path("Prefix").asString("")))
                .contents()
                .stream()
                .map(S3Items::item)
                .iterator();
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
        var content = decompressed(key, open(bucket, key, arguments.path("VersionId")));
        return switch (type(configuration)) {
            case "JSON" -> json(content, configuration.path("ItemsPointer").asString(""));
            case "JSONL" -> elements(jsonLines(content));
            case "CSV" -> elements(csv(content, configuration));
            case "MANIFEST" -> elements(manifest(content));
            case String other -> throw failed("InputType %s is not offered".formatted(other));
        };
    }

    /** The type of an inventory need not be given, and cannot be. */
    private static String type(JsonNode configuration) {
        var inventory = configuration.path("ManifestType").asString("").equals("S3_INVENTORY");
        return inventory ? "MANIFEST" : configuration.path("InputType").asString("JSON");
    }

    private static Iterator<MapItem> elements(Iterator<JsonNode> values) {
        return stream(values).map(MapItem::of).iterator();
    }

    private static InputStream decompressed(String key, InputStream content) {
        return key.endsWith(".gz") ? unzipped(content) : content;
    }

    /** The object is copied first: no connection to S3 stays open while children run. */
    private InputStream open(String bucket, String key, JsonNode version) {
        try {
            var copy = Files.createTempDirectory("items").resolve("object");
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
            var content = new BufferedInputStream(Files.newInputStream(copy));
            // It stays readable until it is closed, or the process ends.
            Files.delete(copy);
            Files.delete(copy.getParent());
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterator<MapItem> json(InputStream content, String pointer) {
        if (!pointer.isEmpty()) {
            return MapItem.in(collection(JSON.readTree(content).at(pointer)));
        }
        var parser = JSON.createParser(content);
        return switch (parser.nextToken()) {
            case START_ARRAY -> {
                parser.nextToken();
                yield elements(JSON.readerFor(JsonNode.class).readValues(parser));
            }
            case START_OBJECT -> MapItem.in(JSON.readTree(parser));
            case null, default -> throw notIterable();
        };
    }

    private static JsonNode collection(JsonNode items) {
        if (!items.isContainer()) {
            throw notIterable();
        }
        return items;
    }

    private static EvaluationFailure notIterable() {
        return failed("Attempting to map over non-iterable node.");
    }

    private static Iterator<JsonNode> jsonLines(InputStream content) {
        return JSON.readerFor(JsonNode.class).readValues(content);
    }

    private static Iterator<JsonNode> csv(InputStream content, JsonNode configuration) {
        var delimiter =
                DELIMITERS.getOrDefault(configuration.path("CSVDelimiter").asString("COMMA"), ',');
        var location = configuration.path("CSVHeaderLocation").asString("FIRST_ROW");
        var rows = rows(content, delimiter);
        var header =
                switch (location) {
                    case "GIVEN" ->
                            configuration
                                    .path("CSVHeaders")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .toList();
                    case "FIRST_ROW" ->
                            rows.hasNext()
                                    ? rows.next().stream()
                                            .map(name -> CsvEscapes.plain(name, delimiter))
                                            .toList()
                                    : List.<String>of();
                    default ->
                            throw failed("CSVHeaderLocation %s is not known".formatted(location));
                };
        return stream(rows).map(row -> row(header, row, delimiter)).iterator();
    }

    private static Iterator<CSVRecord> rows(InputStream content, char delimiter) {
        try {
            return CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(delimiter)
                    .setIgnoreEmptyLines(true)
                    .get()
                    .parse(
                            new CsvEscapes(
                                    new BufferedReader(
                                            new InputStreamReader(content, StandardCharsets.UTF_8)),
                                    delimiter))
                    .iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> Stream<T> stream(Iterator<T> items) {
        Iterable<T> all = () -> items;
        return StreamSupport.stream(all.spliterator(), false);
    }

    /** Fields without a column's name are left out; a row that is too short has empty ones. */
    private static JsonNode row(List<String> header, CSVRecord row, char delimiter) {
        var item = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < header.size(); i++) {
            item.put(header.get(i), i < row.size() ? CsvEscapes.plain(row.get(i), delimiter) : "");
        }
        return item;
    }

    /** An inventory's manifest names gzipped CSV objects that list objects. */
    private Iterator<JsonNode> manifest(InputStream content) {
        var manifest = JSON.readTree(content);
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
                .flatMap(key ->
                        stream(
                                rows(
                                        unzipped(
                                                open(
                                                        bucket,
                                                        key,
                                                        JsonNodeFactory.instance.nullNode())),
                                        ',')))
                .map(row -> row(columns, row, ','))
                .iterator();
    }

    private static InputStream unzipped(InputStream content) {
        try {
            return new GZIPInputStream(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
