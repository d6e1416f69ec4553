package io.millrace.stateslanguage.evaluate;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How a distributed Map state reads its items, bundles them and writes its results. */
public record Distributed(
        Optional<Service> reader, Optional<Batches> batches, Optional<Service> writer) {

    /**
     * @param resource empty if the field is absent
     * @param configuration ReaderConfig or WriterConfig
     * @param arguments Parameters or Arguments
     */
    public record Service(String resource, JsonNode configuration, JsonNode arguments) {}

    /**
     * @param maxItems MaxItemsPerBatch
     * @param maxBytes MaxInputBytesPerBatch
     * @param input BatchInput
     */
    public record Batches(
            Optional<Integer> maxItems, Optional<Integer> maxBytes, Optional<JsonNode> input) {}
}
