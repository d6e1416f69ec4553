package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Distributed Maps whose items come from S3 and whose results go there. */
class DistributedMapTests {

    private static final String BUCKET = "millrace-batches";
    private static final String PASS =
            "\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}";

    private final OrchestratorFixture fixture = OrchestratorFixture.shared();
    private final SfnClient sfn = fixture.sfn();
    private final S3Client s3 =
            OrchestratorFixture.at(S3Client.builder(), fixture.cloud().endpoint())
                    .forcePathStyle(true)
                    .build();
    private final String folder = UUID.randomUUID().toString();

    @Test
    void rowsOfCsvAreObjects() {
        put("rows.csv", "id,name\n1,one\n2,\"two, too\"\n3\n".getBytes(StandardCharsets.UTF_8));

        assertThat(output(reading("CSV", "rows.csv", "\"CSVHeaderLocation\": \"FIRST_ROW\"")))
                .isEqualTo(
                        tree(
                                """
                                [{"id":"1","name":"one"},{"id":"2","name":"two, too"},{"id":"3","name":""}]
                                """));
    }

    @Test
    void headersMayBeGivenAndItemsLimited() {
        put("rows.txt", "1|one\n2|two\n3|three\n".getBytes(StandardCharsets.UTF_8));

        assertThat(
                        output(
                                reading(
                                        "CSV",
                                        "rows.txt",
                                        "\"CSVHeaderLocation\": \"GIVEN\", \"CSVHeaders\": [\"id\"], \"CSVDelimiter\": \"PIPE\", \"MaxItems\": 2")))
                .isEqualTo(tree("[{\"id\":\"1\"},{\"id\":\"2\"}]"));
    }

    @Test
    void theInputMaySayHowManyItemsAreRead() {
        put("items.json", "[1, 2, 3]".getBytes(StandardCharsets.UTF_8));

        assertThat(output(reading("JSON", "items.json", "\"MaxItemsPath\": \"$.most\"")))
                .isEqualTo(tree("[1,2]"));
    }

    @Test
    void backslashesEscapeInCsv() {
        put(
                "rows.csv",
                "id,na\\,me\n1,a\\,b\n2,\"c\\\"d\"\n3,e\\\\f\\g\n"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(output(reading("CSV", "rows.csv", "\"CSVHeaderLocation\": \"FIRST_ROW\"")))
                .isEqualTo(
                        tree(
                                """
                                [{"id":"1","na,me":"a,b"},{"id":"2","na,me":"c\\"d"},{"id":"3","na,me":"e\\\\fg"}]
                                """));
    }

    @Test
    void compressedFilesAreRead() {
        put("items.jsonl.gz", zipped("1\n2\n"));
        put("items.jsonl.zst", Zstd.compress("3\n4\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(output(reading("JSONL", "items.jsonl.gz", ""))).isEqualTo(tree("[1,2]"));
        assertThat(output(reading("JSONL", "items.jsonl.zst", ""))).isEqualTo(tree("[3,4]"));
    }

    @Test
    void membersOfAnObjectAreItems() {
        put("items.json", "{\"a\": 1, \"b\": [2]}".getBytes(StandardCharsets.UTF_8));
        var selector =
                """
                "ItemSelector": {"k.$": "$$.Map.Item.Key", "v.$": "$$.Map.Item.Value", "s.$": "$$.Map.Item.Source"},
                """;
        var source = "S3://%s/%s/items.json".formatted(BUCKET, folder);

        assertThat(output(reading("JSON", "items.json", "")))
                .isEqualTo(tree("[{\"Key\":\"a\",\"Value\":1},{\"Key\":\"b\",\"Value\":[2]}]"));
        assertThat(output(reading("JSON", "items.json", "") + selector))
                .isEqualTo(
                        tree(
                                """
                                [{"k":"a","v":1,"s":"%s"},{"k":"b","v":[2],"s":"%1$s"}]
                                """
                                        .formatted(source)));
    }

    @Test
    void jsonAndJsonLinesAreItems() {
        put("items.json", "[1, {\"a\": 2}]".getBytes(StandardCharsets.UTF_8));
        put("items.jsonl", "1\n{\"a\": 2}\n".getBytes(StandardCharsets.UTF_8));

        assertThat(output(reading("JSON", "items.json", ""))).isEqualTo(tree("[1,{\"a\":2}]"));
        assertThat(output(reading("JSONL", "items.jsonl", ""))).isEqualTo(tree("[1,{\"a\":2}]"));
    }

    @Test
    void theFilesOfAnInventoryAreRead() {
        put("inventory.csv.gz", zipped("\"bucket\",\"a.txt\",\"3\"\n"));
        put(
                "manifest.json",
                """
                {"destinationBucket": "arn:aws:s3:::%s", "fileFormat": "CSV", "fileSchema": "Bucket, Key, Size",
                 "files": [{"key": "%s/inventory.csv.gz"}]}
                """
                        .formatted(BUCKET, folder)
                        .getBytes(StandardCharsets.UTF_8));

        var listed = tree("[{\"Bucket\":\"bucket\",\"Key\":\"a.txt\",\"Size\":\"3\"}]");
        var reader = reading("MANIFEST", "manifest.json", "");
        assertThat(output(reader)).isEqualTo(listed);
        assertThat(
                        output(
                                reader.replace(
                                        "\"InputType\": \"MANIFEST\"",
                                        "\"ManifestType\": \"S3_INVENTORY\"")))
                .isEqualTo(listed);
    }

    @Test
    void objectsMayBeListed() {
        put("a.txt", new byte[3]);
        put("b.txt", new byte[5]);

        var items =
                output(
                        """
                        "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                          "Parameters": {"Bucket": "%s", "Prefix": "%s/"}},
                        """
                                .formatted(BUCKET, folder));

        assertThat(items.valueStream().map(item -> item.path("Key").asString()))
                .containsExactly(folder + "/a.txt", folder + "/b.txt");
        assertThat(items.valueStream().map(item -> item.path("Size").asInt()))
                .containsExactly(3, 5);
    }

    @Test
    void anItemThatIsListedIsFromTheBucket() {
        put("a.txt", new byte[3]);

        assertThat(
                        output(
                                """
                                "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                                  "Parameters": {"Bucket": "%s", "Prefix": "%s/"}},
                                "ItemSelector": {"s.$": "$$.Map.Item.Source"},
                                """
                                        .formatted(BUCKET, folder)))
                .isEqualTo(tree("[{\"s\":\"S3://%s\"}]".formatted(BUCKET)));
    }

    @Test
    void whatIsInObjectsThatAreListedMayBeRead() {
        put("", new byte[0]);
        put("a.csv", "id\n1\n2\n".getBytes(StandardCharsets.UTF_8));
        put("b.csv.gz", zipped("id\n3\n"));
        var source = "S3://%s/%s".formatted(BUCKET, folder);

        assertThat(
                        output(
                                """
                                "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                                  "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW",
                                    "Transformation": "LOAD_AND_FLATTEN"},
                                  "Parameters": {"Bucket": "%s", "Prefix": "%s/"}},
                                "ItemSelector": {"row.$": "$$.Map.Item.Value", "from.$": "$$.Map.Item.Source"},
                                """
                                        .formatted(BUCKET, folder)))
                .isEqualTo(
                        tree(
                                """
                                [{"row":{"id":"1"},"from":"%1$s/a.csv"},{"row":{"id":"2"},"from":"%1$s/a.csv"},
                                 {"row":{"id":"3"},"from":"%1$s/b.csv.gz"}]
                                """
                                        .formatted(source)));
    }

    @Test
    void whatAthenaUnloadedIsRead() {
        put("1.gz", zipped("{\"id\": 1}\n{\"id\": 2}\n"));
        put("2.gz", zipped("{\"id\": 3}\n{\"id\": 4}\n"));
        put(
                "query-manifest.csv",
                "s3://%1$s/%2$s/1.gz\ns3://%1$s/%2$s/2.gz\n"
                        .formatted(BUCKET, folder)
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(
                        output(
                                reading(
                                        "JSONL",
                                        "query-manifest.csv",
                                        "\"ManifestType\": \"ATHENA_DATA\", \"MaxItems\": 3")))
                .isEqualTo(tree("[{\"id\":1},{\"id\":2},{\"id\":3}]"));
    }

    @Test
    void aManifestWithoutUrisFailsTheMap() {
        put("query-manifest.csv", "1.gz\n".getBytes(StandardCharsets.UTF_8));

        var ended =
                run(reading("JSONL", "query-manifest.csv", "\"ManifestType\": \"ATHENA_DATA\""));

        assertThat(ended.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(ended.cause()).contains("1.gz, which is no S3 URI");
    }

    @Test
    void anObjectThatIsNotThereFailsTheMap() {
        var ended = run(reading("JSON", "missing.json", ""));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(ended.cause()).contains("key does not exist");
    }

    @Test
    void resultsGoToFilesThatAManifestNames() {
        put("items.json", "[1, 2]".getBytes(StandardCharsets.UTF_8));

        var result =
                output(
                        reading("JSON", "items.json", "")
                                + """
                                "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                                  "Parameters": {"Bucket": "%s", "Prefix": "%s/results"}},
                                """
                                        .formatted(BUCKET, folder));

        var details = result.path("ResultWriterDetails");
        var manifest = tree(get(details.path("Key").asString()));
        assertThat(manifest.path("MapRunArn")).isEqualTo(result.path("MapRunArn"));
        var file = manifest.path("ResultFiles").path("SUCCEEDED").path(0).path("Key").asString();
        assertThat(tree(get(file)).valueStream().map(child -> child.path("Output").asString()))
                .containsExactly("1", "2");
        assertThat(manifest.path("ResultFiles").path("FAILED")).isEmpty();
    }

    private String reading(String type, String file, String configuration) {
        return """
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
          "ReaderConfig": {"InputType": "%s"%s},
          "Parameters": {"Bucket": "%s", "Key": "%s/%s"}},
        """
                .formatted(
                        type,
                        configuration.isEmpty() ? "" : ", " + configuration,
                        BUCKET,
                        folder,
                        file);
    }

    private JsonNode output(String fields) {
        var ended = run(fields);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return tree(ended.output());
    }

    private DescribeExecutionResponse run(String fields) {
        var machine =
                sfn.createStateMachine(create ->
                                create.name("map-" + UUID.randomUUID())
                                        .roleArn("arn:aws:iam::000000000000:role/any")
                                        .definition(definition(fields)))
                        .stateMachineArn();
        var execution =
                sfn.startExecution(start -> start.stateMachineArn(machine).input("{\"most\":2}"))
                        .executionArn();
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> sfn.describeExecution(describe -> describe.executionArn(execution)),
                        described -> described.status() != ExecutionStatus.RUNNING);
    }

    private static String definition(String fields) {
        return """
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", %s
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, %s},
          "End": true}}}
        """
                .formatted(fields, PASS);
    }

    private void put(String file, byte[] content) {
        s3.putObject(
                put -> put.bucket(BUCKET).key(folder + "/" + file), RequestBody.fromBytes(content));
    }

    private String get(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
