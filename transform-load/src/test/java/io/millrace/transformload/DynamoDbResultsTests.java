package io.millrace.transformload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.transformload.aws.DynamoDbResults;
import io.millrace.transformload.result.Results;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbResultsTests extends ResultsContract {

    private final Results results =
            new DynamoDbResults(
                    Cloud.DYNAMO_DB, Cloud.RESULTS_TABLE, DataSize.ofKilobytes(390), () -> TIME);

    @Override
    Results results() {
        return results;
    }

    @Test
    void theItemTellsAllThatIsKnown() {
        results.putIfAbsent(stored("{\"n\":1}", "a"));
        assertThat(item())
                .containsEntry("kind", AttributeValue.fromS("image"))
                .containsEntry("time", AttributeValue.fromS(TIME.toString()))
                .containsEntry("storedAt", AttributeValue.fromS(TIME.toString()))
                .containsEntry("archive", AttributeValue.fromS("s3://bucket/archive/a"))
                .containsEntry(
                        "document", AttributeValue.fromM(Map.of("n", AttributeValue.fromN("1"))));
    }

    @ParameterizedTest
    @CsvSource({"a, 399000, true", "a, 400000, false", "漢, 133000, true", "漢, 134000, false"})
    void aTextThatIsTooLongForAnItemIsLeftToTheArchive(String text, int times, boolean kept) {
        keeps("{\"t\":\"%s\"}".formatted(text.repeat(times)), kept);
    }

    @ParameterizedTest
    @CsvSource({"133000, true", "134000, false"})
    void whatManySmallNumbersTakeIsCounted(int times, boolean kept) {
        keeps("{\"t\":[1%s]}".formatted(",1".repeat(times - 1)), kept);
    }

    @ParameterizedTest
    @CsvSource({"31, true", "32, false"})
    void aDocumentThatIsTooDeepForAnItemIsLeftToTheArchive(int levels, boolean kept) {
        keeps("{\"a\":".repeat(levels) + "1" + "}".repeat(levels), kept);
    }

    @ParameterizedTest
    @CsvSource({
        "12345678901234567890123456789012345678, true",
        "123456789012345678901234567890123456789, false",
        "9.9E125, true",
        "1E126, false",
        "-1E-130, true",
        "1E-131, false",
        "1E999, false",
        "0, true"
    })
    void aNumberThatDynamoDbHasNotIsLeftToTheArchive(String number, boolean kept) {
        keeps("{\"n\":%s}".formatted(number), kept);
    }

    @Test
    void anElementWithoutNameIsLeftToTheArchive() {
        keeps("{\"a\":{\"\":1}}", false);
    }

    private void keeps(String document, boolean kept) {
        var stored = stored(document, "a");
        assertThat(results.putIfAbsent(stored)).isEqualTo(stored);
        assertThat(item().containsKey("document")).isEqualTo(kept);
        assertThat(results.putIfAbsent(stored).archived()).isEqualTo(stored.archived());
    }

    private Map<String, AttributeValue> item() {
        return Cloud.DYNAMO_DB
                .getItem(request ->
                        request.tableName(Cloud.RESULTS_TABLE)
                                .key(Map.of("id", AttributeValue.fromS(id)))
                                .consistentRead(true))
                .item();
    }
}
