package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.DataFlow;
import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.Setting;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import io.millrace.stateslanguage.model.Transition;
import io.millrace.stateslanguage.model.WaitFor;
import io.millrace.stateslanguage.parse.Expressions.Wanted;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one state. */
final class StateParser {

    /** AWS's longest wait or timeout, in seconds. */
    static final long LONGEST_SECONDS = 99_999_999;

    private final GraphParser graphs;
    private final QueryLanguage language;
    private final String name;
    private final Fields fields;
    private final Problems problems;
    private final Expressions expressions;

    StateParser(GraphParser graphs, QueryLanguage language, String name, Fields fields) {
        this.graphs = graphs;
        this.language = language;
        this.name = name;
        this.fields = fields;
        this.problems = fields.problems();
        this.expressions = Expressions.of(language, fields);
    }

    /** The state; empty if its problems leave too little of it. What it returns may have some. */
    Optional<State> parse() {
        var type = fields.requiredString("Type");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (!Vocabulary.hasType(type.get())) {
            problems.schema(fields.at("Type"), "Value must be one of: " + Vocabulary.types());
            return Optional.empty();
        }
        Vocabulary.check(fields, type.get(), language);
        var comment = fields.string("Comment");
        return switch (type.get()) {
            case "Task" -> Optional.of(task(comment));
            case "Pass" ->
                    Optional.of(
                            new State.Pass(
                                    name, comment, fields.any("Result"), data(), transition()));
            case "Choice" -> Optional.of(choice(comment));
            case "Wait" -> pause().map(p -> new State.Wait(name, comment, p, data(), transition()));
            case "Succeed" -> Optional.of(new State.Succeed(name, comment, data()));
            case "Fail" -> Optional.of(fail(comment));
            case "Parallel" -> Optional.of(parallel(comment));
            default -> map(comment);
        };
    }

    private State task(Optional<String> comment) {
        var resource = fields.requiredString("Resource");
        if (resource.isPresent() && !resource.get().startsWith("arn:")) {
            problems.schema(fields.at("Resource"), "Value is not a valid resource ARN");
        }
        var seconds = Wanted.integer(1, LONGEST_SECONDS);
        var timeout = expressions.setting(fields, "TimeoutSeconds", seconds);
        var heartbeat = expressions.setting(fields, "HeartbeatSeconds", seconds);
        if (timeout.orElse(null) instanceof Setting.Given(var longest)
                && heartbeat.orElse(null) instanceof Setting.Given(var beat)
                && beat.asLong() >= longest.asLong()) {
            problems.schema(
                    fields.at("HeartbeatSeconds"), "Value must be smaller than TimeoutSeconds");
        }
        var handling = new HandlingParser(fields, expressions);
        return new State.Task(
                name,
                comment,
                resource.orElse(""),
                timeout,
                heartbeat,
                expressions.template(fields, "Credentials"),
                data(),
                handling.retriers(),
                handling.catchers(),
                transition());
    }

    private State choice(Optional<String> comment) {
        var rules = new ChoiceParser(fields, expressions).rules();
        return new State.Choice(name, comment, rules, fields.string("Default"), data());
    }

    private State fail(Optional<String> comment) {
        return new State.Fail(
                name,
                comment,
                expressions.setting(fields, "Error", Wanted.TEXT),
                expressions.setting(fields, "Cause", Wanted.TEXT),
                data());
    }

    private State parallel(Optional<String> comment) {
        fields.requiredNotEmpty("Branches");
        var branches = new ArrayList<StateGraph>();
        for (var branch : fields.objects("Branches")) {
            DefinitionParser.requireBoth(branch);
            branch.allowOnly(MapParser.GRAPH_FIELDS);
            graphs.parse(branch).ifPresent(branches::add);
        }
        var handling = new HandlingParser(fields, expressions);
        return new State.Parallel(
                name,
                comment,
                branches,
                data(),
                handling.retriers(),
                handling.catchers(),
                transition());
    }

    private Optional<State> map(Optional<String> comment) {
        var handling = new HandlingParser(fields, expressions);
        var retriers = handling.retriers();
        var catchers = handling.catchers();
        return new MapParser(fields, expressions, graphs)
                .iteration()
                .map(iteration ->
                        new State.MapState(
                                name,
                                comment,
                                iteration,
                                data(),
                                retriers,
                                catchers,
                                transition()));
    }

    private Optional<WaitFor> pause() {
        var given =
                List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath").stream()
                        .filter(fields::has)
                        .toList();
        if (given.size() != 1) {
            problems.schema(
                    fields.location(),
                    "Exactly one of these fields is required: "
                            + (expressions.isJsonPath()
                                    ? "[Seconds, SecondsPath, Timestamp, TimestampPath]"
                                    : "[Seconds, Timestamp]"));
            return Optional.empty();
        }
        if (given.getFirst().startsWith("Seconds")) {
            return expressions
                    .setting(fields, "Seconds", Wanted.integer(0, LONGEST_SECONDS))
                    .map(WaitFor.Seconds::new);
        }
        var timestamp = expressions.setting(fields, "Timestamp", Wanted.TEXT);
        if (timestamp.orElse(null) instanceof Setting.Given(var text)) {
            checkTimestamp(text);
        }
        return timestamp.map(WaitFor.Timestamp::new);
    }

    private void checkTimestamp(JsonNode text) {
        try {
            OffsetDateTime.parse(text.stringValue());
        } catch (DateTimeException e) {
            problems.schema(
                    fields.at("Timestamp"),
                    "Value is not a valid ISO-8601 extended offset date-time format string");
        }
    }

    private Transition transition() {
        var next = fields.string("Next");
        var end = fields.bool("End");
        if (fields.has("Next") == fields.has("End")) {
            problems.schema(
                    fields.location(), "Exactly one of these fields is required: [Next, End]");
        } else if (end.isPresent() && !end.get()) {
            problems.schema(fields.at("End"), "Value must be true");
        }
        return next.<Transition>map(Transition.To::new).orElseGet(Transition.End::new);
    }

    private DataFlow data() {
        if (!expressions.isJsonPath()) {
            return new DataFlow.ByJsonata(
                    expressions.template(fields, "Arguments"),
                    expressions.template(fields, "Output"),
                    expressions.assign(fields));
        }
        // The Parameters of a Map belong to its iterations: they are the older ItemSelector.
        boolean isMap = fields.has("ItemProcessor") || fields.has("Iterator");
        return new DataFlow.ByJsonPath(
                expressions.path(fields, "InputPath"),
                isMap ? Optional.empty() : expressions.template(fields, "Parameters"),
                expressions.template(fields, "ResultSelector"),
                expressions.referencePath(fields, "ResultPath"),
                expressions.path(fields, "OutputPath"),
                expressions.assign(fields));
    }
}
