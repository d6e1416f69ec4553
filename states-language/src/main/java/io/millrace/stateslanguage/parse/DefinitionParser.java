package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.QueryLanguage;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import io.millrace.stateslanguage.parse.Problem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads definitions. Whatever text comes in, the answer is a definition or the problems, never an
 * exception.
 */
public final class DefinitionParser {

    /** AWS's longest timeout of an execution, in seconds. */
    private static final long LONGEST_TIMEOUT = 99_999_999;

    /** How much of a text that is not JSON a problem shows. */
    private static final int EXCERPT = 500;

    /** What Step Functions calls a state that is tested by itself. */
    private static final String NAME_OF_STATE = "StateName";

    private static final Set<String> FIELDS =
            Set.of("Comment", "QueryLanguage", "Version", "TimeoutSeconds", "StartAt", "States");

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The definition that a text holds, or everything that is wrong with it. */
    public Parsed parse(String json) {
        try (var parser = MAPPER.createParser(json)) {
            try {
                JsonNode document = MAPPER.readTree(parser);
                return parse(document);
            } catch (JacksonException e) {
                return new Parsed.Invalid(List.of(notJson(json, e, parser.currentLocation())));
            }
        }
    }

    /** The definition that a document is, or everything that is wrong with it. */
    public Parsed parse(JsonNode document) {
        var problems = new Problems();
        if (!(document instanceof ObjectNode object)) {
            problems.wrongType("/", "Object");
            return new Parsed.Invalid(problems.found());
        }
        var definition = parse(new Fields(object, "/", problems));
        return definition.isPresent() && problems.isEmpty()
                ? new Parsed.Valid(definition.get())
                : new Parsed.Invalid(problems.found());
    }

    /**
     * A state by itself, or the one of that name in a state machine. Where the transitions of a
     * state by itself lead is not looked at.
     */
    public ParsedState parseState(String json, Optional<String> name) {
        if (name.isPresent()) {
            return switch (parse(json)) {
                case Parsed.Invalid(var problems) -> new ParsedState.Invalid(problems);
                case Parsed.Valid(var definition) ->
                        StateFinder.find(definition.graph(), name.get())
                                .map(ParsedState.class::cast)
                                .orElseGet(ParsedState.Unknown::new);
            };
        }
        try (var parser = MAPPER.createParser(json)) {
            try {
                JsonNode document = MAPPER.readTree(parser);
                return parseState(document);
            } catch (JacksonException e) {
                return new ParsedState.Invalid(List.of(notJson(json, e, parser.currentLocation())));
            }
        }
    }

    private static ParsedState parseState(JsonNode document) {
        var problems = new Problems();
        var location = "/States/" + NAME_OF_STATE;
        if (!(document instanceof ObjectNode object)) {
            problems.wrongType(location, "Object");
            return new ParsedState.Invalid(problems.found());
        }
        var fields = new Fields(object, location, problems);
        var graphs = new GraphParser(QueryLanguage.JSON_PATH, new HashSet<>());
        var state = graphs.parse(NAME_OF_STATE, fields);
        return state.isPresent() && problems.isEmpty()
                ? new ParsedState.Valid(state.get(), false)
                : new ParsedState.Invalid(problems.found());
    }

    private static Optional<StateMachineDefinition> parse(Fields fields) {
        requireBoth(fields);
        fields.allowOnly(FIELDS);
        var comment = fields.string("Comment");
        var version = fields.string("Version");
        var timeout = fields.integer("TimeoutSeconds", 1, LONGEST_TIMEOUT);
        var language = Languages.of(fields).orElse(QueryLanguage.JSON_PATH);
        var graphs = new GraphParser(language, new HashSet<>());
        var whole = graphs.parse(fields);
        VariableScopes.check(fields);
        return whole.map(
                graph -> new StateMachineDefinition(comment, language, version, timeout, graph));
    }

    /** Step Functions names all that is missing at once, in this order. */
    static void requireBoth(Fields fields) {
        var missing = new ArrayList<>(List.of("States", "StartAt"));
        missing.removeIf(fields::has);
        if (!missing.isEmpty()) {
            fields.problems().required(fields.location(), missing);
        }
    }

    private static Problem notJson(String json, JacksonException e, TokenStreamLocation place) {
        var message = String.valueOf(e.getOriginalMessage());
        var excerpt = json.length() > EXCERPT ? json.substring(0, EXCERPT) + "..." : json;
        var location =
                "[Source: (String)\"%s\"; line: %d, column: %d]"
                        .formatted(excerpt, place.getLineNr(), place.getColumnNr());
        return new Problem(
                Code.INVALID_JSON_DESCRIPTION,
                Optional.of(location),
                message + "\n at " + location);
    }
}
