package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.transformload.aws.DynamoDbResults;
import io.millrace.transformload.aws.S3Archive;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Storage;
import io.millrace.transformload.result.Stored;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Objects of several results in DynamoDB and S3. */
class SharedObjectsTests {

    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30Z");

    private final String kind = "kind-" + UUID.randomUUID();
    private final DynamoDbResults results =
            new DynamoDbResults(
                    Cloud.DYNAMO_DB, Cloud.RESULTS_TABLE, DataSize.ofKilobytes(350), () -> TIME);
    private final S3Archive archive = new S3Archive(Cloud.S3, Cloud.RESULTS_BUCKET);
    private final Storage storage = new Storage(results, archive, Thread::startVirtualThread);

    @Test
    void aRepeatInOtherCompanyBringsNoLineTwice() {
        store(result("a"), result("b"));
        store(result("b"), result("c"), result("d"));
        assertThat(lines()).containsExactlyInAnyOrder(line("a"), line("b"), line("c"), line("d"));
    }

    @Test
    void whatWasMeantForAnObjectThatNeverCameIsArchivedAlone() {
        var common = archive.location(List.of(result("a"), result("b")));
        results.putIfAbsent(new Stored(result("a"), common));
        assertThat(store(result("a")).getFirst().archived().key())
                .isEqualTo(result("a").archiveKey());
        assertThat(archive.putNew(common, List.of(new Stored(result("a"), common)))).isFalse();
        assertThat(lines()).containsExactly(line("a"));
    }

    private List<Stored> store(Result... wanted) {
        return storage.store(List.of(wanted)).values().stream().map(each -> each.join()).toList();
    }

    private List<String> lines() {
        return Cloud.S3
                .listObjectsV2(request ->
                        request.bucket(Cloud.RESULTS_BUCKET).prefix("archive/kind=" + kind))
                .contents()
                .stream()
                .flatMap(object ->
                        Cloud.S3
                                .getObjectAsBytes(request ->
                                        request.bucket(Cloud.RESULTS_BUCKET).key(object.key()))
                                .asUtf8String()
                                .lines())
                .toList();
    }

    private String line(String name) {
        return """
        {"id":"%s","kind":"%s","time":"2026-11-23T10:15:30Z","document":{"n":"%s"}}\
        """
                .formatted(kind + name, kind, name);
    }

    private Result result(String name) {
        return new Result(
                kind + name, kind, TIME, new JsonMapper().createObjectNode().put("n", name));
    }
}
