package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.model.Distribution;
import io.millrace.stateslanguage.model.Distribution.ExecutionType;
import io.millrace.stateslanguage.model.Iteration;
import io.millrace.stateslanguage.model.Setting;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.parse.Expressions.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what a Map state does for each item. */
final class MapParser {

    static final Set<String> GRAPH_FIELDS = Set.of("Comment", "StartAt", "States");

    private static final Set<String> PROCESSOR_FIELDS =
            Set.of("Comment", "StartAt", "States", "ProcessorConfig");
    private static final List<String> DISTRIBUTED_ONLY =
            List.of(
                    "ItemReader",
                    "ItemBatcher",
                    "ResultWriter",
                    "Label",
                    "ToleratedFailureCount",
                    "ToleratedFailureCountPath",
                    "ToleratedFailurePercentage",
                    "ToleratedFailurePercentagePath");
    private static final List<String> BATCH_SIZES =
            List.of(
                    "MaxItemsPerBatch",
                    "MaxItemsPerBatchPath",
                    "MaxInputBytesPerBatch",
                    "MaxInputBytesPerBatchPath");

    /** AWS's limit, in bytes. */
    private static final int LARGEST_BATCH = 262_144;

    private static final int LONGEST_LABEL = 40;

    private final Fields state;
    private final Expressions expressions;
    private final GraphParser graphs;
    private final Problems problems;

    MapParser(Fields state, Expressions expressions, GraphParser graphs) {
        this.state = state;
        this.expressions = expressions;
        this.graphs = graphs;
        this.problems = state.problems();
    }

    Optional<Iteration> iteration() {
        boolean legacy = state.has("Iterator");
        if (legacy == state.has("ItemProcessor")) {
            problems.schema(
                    state.location(),
                    "Exactly one of these fields is required: [ItemProcessor, Iterator]");
        }
        var processor = state.object(legacy ? "Iterator" : "ItemProcessor");
        var graph = processor.flatMap(this::graph);
        var execution = processor.flatMap(this::execution);
        if (processor.isPresent() && execution.isEmpty()) {
            checkInline();
        }
        var selector =
                expressions
                        .template(state, "ItemSelector")
                        .or(() -> expressions.template(state, "Parameters"));
        if (state.has("ItemSelector") && state.has("Parameters")) {
            problems.schema(
                    state.location(),
                    "Only one of these fields may be used: [ItemSelector, Parameters]");
        }
        var items = items(execution.isPresent());
        var concurrency =
                expressions.setting(state, "MaxConcurrency", Wanted.integer(0, Integer.MAX_VALUE));
        var count =
                expressions.setting(
                        state, "ToleratedFailureCount", Wanted.integer(0, Integer.MAX_VALUE));
        var percentage =
                expressions.setting(state, "ToleratedFailurePercentage", Wanted.number(0, 100));
        var distribution = execution.map(this::distribution);
        return graph.map(found ->
                new Iteration(
                        found,
                        items,
                        selector,
                        concurrency,
                        count,
                        percentage,
                        distribution,
                        legacy));
    }

    private Optional<StateGraph> graph(Fields processor) {
        DefinitionParser.requireBoth(processor);
        processor.allowOnly(PROCESSOR_FIELDS);
        return graphs.parse(processor);
    }

    /** What each child execution is, if the iterations are executions. */
    private Optional<ExecutionType> execution(Fields processor) {
        var config = processor.object("ProcessorConfig");
        if (config.isEmpty()) {
            return Optional.empty();
        }
        config.get().allowOnly(Set.of("Mode", "ExecutionType"));
        var type = config.get().string("ExecutionType");
        switch (config.get().string("Mode").orElse("INLINE")) {
            case "INLINE" -> {
                return Optional.empty();
            }
            case "DISTRIBUTED" -> config.get().require("ExecutionType");
            default ->
                    problems.schema(
                            config.get().at("Mode"), "Value must be one of: [INLINE, DISTRIBUTED]");
        }
        return Optional.of(
                switch (type.orElse("STANDARD")) {
                    case "STANDARD" -> ExecutionType.STANDARD;
                    case "EXPRESS" -> ExecutionType.EXPRESS;
                    default -> {
                        problems.schema(
                                config.get().at("ExecutionType"),
                                "Value must be one of: [STANDARD, EXPRESS]");
                        yield ExecutionType.STANDARD;
                    }
                });
    }

    private void checkInline() {
        for (var name : DISTRIBUTED_ONLY) {
            if (state.has(name)) {
                problems.schema(
                        state.location(),
                        "Field '%s' is only supported for Mode DISTRIBUTED".formatted(name));
            }
        }
    }

    private Optional<Setting> items(boolean distributed) {
        if (expressions.isJsonPath()) {
            return state.string("ItemsPath")
                    .flatMap(text -> expressions.compilePath(state, "ItemsPath", text))
                    .map(path -> new Setting.Found(new Expression.Lookup(path)));
        }
        var computed = expressions.computed(state, "Items");
        if (computed.isPresent()) {
            return computed.map(Setting.Computed::new);
        }
        var given = state.any("Items");
        if (given.filter(value -> !isCollection(value, distributed)).isPresent()) {
            problems.wrongType(state.at("Items"), "Array");
            return Optional.empty();
        }
        return expressions.template(state, "Items").map(Setting.Filled::new);
    }

    /** A distributed Map takes the members of an object too (developer guide, "ItemReader"). */
    private static boolean isCollection(JsonNode items, boolean distributed) {
        return items.isArray() || (distributed && items.isObject());
    }

    private Distribution distribution(ExecutionType type) {
        var label = state.string("Label");
        if (label.filter(text -> text.isBlank() || text.length() > LONGEST_LABEL).isPresent()) {
            problems.schema(
                    state.at("Label"), "A label has 1 to %d characters".formatted(LONGEST_LABEL));
        }
        return new Distribution(
                type,
                label,
                state.object("ItemReader").map(this::reader),
                state.object("ItemBatcher").map(this::batcher),
                state.object("ResultWriter").map(this::writer));
    }

    private Distribution.ItemReader reader(Fields reader) {
        reader.allowOnly(Set.of("Resource", "ReaderConfig", argumentsField()));
        var configuration = new ReaderConfigParser(reader, expressions);
        return new Distribution.ItemReader(
                reader.requiredString("Resource").orElse(""),
                configuration.template(),
                configuration.maxItems(),
                expressions.template(reader, argumentsField()));
    }

    private Distribution.ItemBatcher batcher(Fields batcher) {
        if (BATCH_SIZES.stream().noneMatch(batcher::has)) {
            problems.schema(
                    batcher.location(), "At least one of these fields is required: " + BATCH_SIZES);
        }
        return new Distribution.ItemBatcher(
                expressions.setting(
                        batcher, "MaxItemsPerBatch", Wanted.integer(1, Integer.MAX_VALUE)),
                expressions.setting(
                        batcher, "MaxInputBytesPerBatch", Wanted.integer(1, LARGEST_BATCH)),
                expressions.template(batcher, "BatchInput"));
    }

    private Distribution.ResultWriter writer(Fields writer) {
        writer.allowOnly(Set.of("Resource", "WriterConfig", argumentsField()));
        return new Distribution.ResultWriter(
                writer.string("Resource"),
                expressions.template(writer, "WriterConfig"),
                expressions.template(writer, argumentsField()));
    }

    private String argumentsField() {
        return expressions.isJsonPath() ? "Parameters" : "Arguments";
    }
}
