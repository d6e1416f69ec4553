package io.millrace.orchestrator.integration;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.orchestrator.execution.MapItem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The items in a file, read as they are asked for (Step Functions, "ItemReader (Map)"): JSON, JSON
 * Lines and CSV.
 */
final class ItemFiles {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<String, Character> DELIMITERS =
            Map.of("COMMA", ',', "PIPE", '|', "SEMICOLON", ';', "SPACE", ' ', "TAB", '\t');

    private ItemFiles() {}

    /**
     * @param configuration the ReaderConfig
     */
    static Iterator<MapItem> items(InputStream content, String type, JsonNode configuration) {
        return switch (type) {
            case "JSON" -> json(content, configuration.path("ItemsPointer").asString(""));
            case "JSONL" -> elements(jsonLines(content));
            case "CSV" -> elements(csv(content, configuration));
            case String other ->
                    throw S3Items.failed("InputType %s is not offered".formatted(other));
        };
    }

    static Iterator<MapItem> elements(Iterator<JsonNode> values) {
        return stream(values).map(MapItem::of).iterator();
    }

    static JsonNode tree(InputStream content) {
        return JSON.readTree(content);
    }

    /** The lines of a CSV file without a header. */
    static Stream<CSVRecord> rows(InputStream content) {
        return stream(rows(content, ','));
    }

    /**
     * @param name what the file is called: its ending says how it is compressed
     */
    static InputStream decompressed(String name, InputStream content) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(content);
        }
        return name.endsWith(".zst") ? new ZstdInputStream(content) : content;
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

    private static RuntimeException notIterable() {
        return S3Items.failed("Attempting to map over non-iterable node.");
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
                            throw S3Items.failed(
                                    "CSVHeaderLocation %s is not known".formatted(location));
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

    /** Fields without a column's name are left out; a row that is too short has empty ones. */
    static JsonNode row(List<String> header, CSVRecord row, char delimiter) {
        var item = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < header.size(); i++) {
            item.put(header.get(i), i < row.size() ? CsvEscapes.plain(row.get(i), delimiter) : "");
        }
        return item;
    }

    static <T> Stream<T> stream(Iterator<T> items) {
        Iterable<T> all = () -> items;
        return StreamSupport.stream(all.spliterator(), false);
    }
}
