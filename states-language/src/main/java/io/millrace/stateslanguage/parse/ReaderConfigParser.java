package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.jsonata.JsonataExpression;
import io.millrace.stateslanguage.model.Setting;
import io.millrace.stateslanguage.parse.Expressions.Wanted;
import io.millrace.stateslanguage.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how a distributed Map reads its items (Step Functions, "ItemReader (Map)"). What is in that
 * page and cannot be read here is refused here, and not when the first execution gets to it.
 */
final class ReaderConfigParser {

    private static final String FIELD = "ReaderConfig";
    private static final String MAX_ITEMS = "MaxItems";

    /** Step Functions reads no more items than that. */
    private static final int MOST_ITEMS = 100_000_000;

    private static final Set<String> FIELDS =
            Set.of(
                    "InputType",
                    "Transformation",
                    "ManifestType",
                    "CSVDelimiter",
                    "CSVHeaderLocation",
                    "CSVHeaders",
                    "ItemsPointer",
                    MAX_ITEMS);

    /** A field that takes one of some values. */
    private record Choice(String field, List<String> values) {}

    private static final List<Choice> CHOICES =
            List.of(
                    new Choice("InputType", List.of("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST")),
                    new Choice("Transformation", List.of("NONE", "LOAD_AND_FLATTEN")),
                    new Choice("ManifestType", List.of("ATHENA_DATA", "S3_INVENTORY")),
                    new Choice(
                            "CSVDelimiter", List.of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB")),
                    new Choice("CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN")));

    /** What Step Functions knows and Millrace does not read. */
    private static final String NOT_READ = "PARQUET";

    private final Fields reader;
    private final Expressions expressions;
    private final Optional<Fields> configuration;

    ReaderConfigParser(Fields reader, Expressions expressions) {
        this.reader = reader;
        this.expressions = expressions;
        this.configuration = reader.object(FIELD);
        configuration.ifPresent(this::check);
    }

    private void check(Fields fields) {
        for (var name : fields.object().propertyNames()) {
            var known = FIELDS.contains(name) || isPath(name) || name.endsWith(".$");
            if (!known) {
                fields.unsupported(name);
            }
        }
        CHOICES.forEach(choice -> checkValue(fields, choice.field(), choice.values()));
        if (text(fields, "CSVHeaderLocation").equals(Optional.of("GIVEN"))) {
            fields.require("CSVHeaders");
        }
        if (text(fields, "Transformation").equals(Optional.of("LOAD_AND_FLATTEN"))
                || text(fields, "ManifestType").equals(Optional.of("ATHENA_DATA"))) {
            fields.require("InputType");
        }
        // The type of an inventory is known (developer guide, "ItemReader").
        if (text(fields, "ManifestType").equals(Optional.of("S3_INVENTORY"))
                && fields.has("InputType")) {
            reader.problems()
                    .schema(
                            fields.location(),
                            "Field 'InputType' is not supported if ManifestType is S3_INVENTORY");
        }
        if (!isComputed(fields, "CSVHeaders")) {
            fields.strings("CSVHeaders");
        }
        fields.string("ItemsPointer")
                .filter(pointer -> !isComputed(fields, "ItemsPointer"))
                .filter(pointer -> !pointer.isEmpty() && !pointer.startsWith("/"))
                .ifPresent(_ ->
                        reader.problems()
                                .schema(
                                        fields.at("ItemsPointer"),
                                        "Value is not a valid JSON Pointer"));
    }

    private boolean isPath(String name) {
        return expressions.isJsonPath() && name.equals(MAX_ITEMS + "Path");
    }

    private void checkValue(Fields fields, String name, List<String> values) {
        text(fields, name)
                .ifPresent(value -> {
                    if (!values.contains(value)) {
                        reader.problems()
                                .schema(fields.at(name), "Value must be one of: " + values);
                    } else if (value.equals(NOT_READ)) {
                        reader.problems()
                                .schema(
                                        fields.at(name),
                                        "Value '%s' is not offered by Millrace".formatted(value));
                    }
                });
    }

    /** The value of a field, if it is known already. */
    private Optional<String> text(Fields fields, String name) {
        return isComputed(fields, name) ? Optional.empty() : fields.string(name);
    }

    private boolean isComputed(Fields fields, String name) {
        return !expressions.isJsonPath()
                && fields.any(name)
                        .filter(value ->
                                value.isString()
                                        && JsonataExpression.isExpression(value.stringValue()))
                        .isPresent();
    }

    Optional<Setting> maxItems() {
        return configuration.flatMap(
                fields -> expressions.setting(fields, MAX_ITEMS, Wanted.integer(1, MOST_ITEMS)));
    }

    /** All but what {@link #maxItems} reads. */
    Optional<Template> template() {
        if (configuration.isEmpty()) {
            return Optional.empty();
        }
        var rest = configuration.get().object().deepCopy();
        rest.remove(List.of(MAX_ITEMS, MAX_ITEMS + "Path"));
        var without = reader.object().deepCopy();
        without.set(FIELD, rest);
        return expressions.template(
                new Fields(without, reader.location(), reader.problems()), FIELD);
    }
}
