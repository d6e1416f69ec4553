package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.template.Template;
import java.util.Optional;

/** The fields of a Map state whose iterations are executions of their own. */
public record Distribution(
        ExecutionType executionType,
        Optional<String> label,
        Optional<ItemReader> reader,
        Optional<ItemBatcher> batcher,
        Optional<ResultWriter> writer) {

    /** What each child execution is. */
    public enum ExecutionType {
        STANDARD,
        EXPRESS
    }

    /**
     * Where the items come from.
     *
     * @param configuration ReaderConfig without its MaxItems
     * @param maxItems how many items are read at most
     * @param arguments Parameters or Arguments
     */
    public record ItemReader(
            String resource,
            Optional<Template> configuration,
            Optional<Setting> maxItems,
            Optional<Template> arguments) {}

    /**
     * How items are bundled.
     *
     * @param batchInput what each batch gets beside its items
     */
    public record ItemBatcher(
            Optional<Setting> maxItems,
            Optional<Setting> maxInputBytes,
            Optional<Template> batchInput) {}

    /**
     * Where the results go.
     *
     * @param configuration WriterConfig
     * @param arguments Parameters or Arguments
     */
    public record ResultWriter(
            Optional<String> resource,
            Optional<Template> configuration,
            Optional<Template> arguments) {}
}
