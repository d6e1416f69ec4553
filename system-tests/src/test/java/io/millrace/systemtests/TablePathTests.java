package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.ResultStored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithPipeline.class)
class TablePathTests {

    private final Pipeline pipeline;
    private final Eyes eyes;
    private final String customer = "customer#" + UUID.randomUUID();

    TablePathTests(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.eyes = new Eyes(pipeline);
    }

    @Test
    void aChangeOfTheTableReachesDataSyncByTheStreamAndIsLoaded() {
        write("first");
        assertThat(loaded(1))
                .singleElement()
                .satisfies(document -> assertThat(document).contains("first"));
    }

    @Test
    void everyChangeOfAnItemIsLoaded() {
        write("one");
        write("two");
        write("three");
        assertThat(loaded(3))
                .hasSize(3)
                .anyMatch(document -> document.contains("one"))
                .anyMatch(document -> document.contains("two"))
                .anyMatch(document -> document.contains("three"));
    }

    @Test
    void aChangeThatNoMessageCarriesIsLoaded() {
        // The second change has both images: together they are too large for SQS.
        write("a".repeat(380_000));
        write("b".repeat(380_000));
        assertThat(loaded(2)).anyMatch(document -> document.length() > 760_000);
    }

    @Test
    void aRecordThatCannotBeLoadedEndsAsADeadLetterAndHoldsUpNothing() {
        pipeline.triggers().write(Map.of("pk", customer, "sk", "profile", "name", "no type"));
        write("after it");
        assertThat(loaded(1))
                .singleElement()
                .satisfies(document -> assertThat(document).contains("after it"));
        var failure =
                eyes.deadLetter(
                        customer,
                        each ->
                                each.payload()
                                        .text()
                                        .filter(text -> text.contains(customer))
                                        .isPresent());
        assertThat(failure.origin()).contains("stream");
        assertThat(failure.cause()).contains("type");
    }

    private void write(String name) {
        pipeline.triggers()
                .write(Map.of("pk", customer, "sk", "profile", "type", "customer", "name", name));
    }

    /** The archived documents of this customer's changes, as soon as there are so many. */
    private List<String> loaded(int count) {
        return Eyes.eventually(
                count + " results of " + customer,
                () ->
                        Optional.of(
                                        eyes.announcements(_ -> true).stream()
                                                .map(event -> event.data())
                                                .filter(result -> result.kind().equals("record"))
                                                .map(this::document)
                                                .filter(document -> document.contains(customer))
                                                .toList())
                                .filter(documents -> documents.size() >= count));
    }

    private String document(ResultStored result) {
        return eyes.archived(result).toString();
    }
}
