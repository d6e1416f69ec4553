package io.millrace.stateslanguage.lint;

import io.millrace.stateslanguage.lint.Finding.Severity;
import io.millrace.stateslanguage.lint.TaskResources.Found;
import io.millrace.stateslanguage.model.StateMachineDefinition;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.ExpressRules;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.parse.Problem;
import io.millrace.stateslanguage.parse.Problem.Code;
import io.millrace.stateslanguage.parse.ResourceRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks a definition's text through. */
public final class Linter {

    /** A problem of an object may be about one of its fields, which its message names. */
    private static final Pattern FIELD = Pattern.compile("[Ff]ield '([^']+)'");

    private static final Comparator<Finding> BY_PLACE =
            Comparator.comparingInt((Finding finding) -> finding.place().line())
                    .thenComparingInt(finding -> finding.place().column());

    private final DefinitionParser parser = new DefinitionParser();
    private final TaskResources resources;

    /** Takes every resource of a Task for one that there is. */
    public Linter() {
        this(TaskResources.ANY);
    }

    /**
     * @param resources what Tasks can name
     */
    public Linter(TaskResources resources) {
        this.resources = resources;
    }

    /**
     * What came of it.
     *
     * @param findings in the order of the text
     * @param definition empty if there are errors
     */
    public record Report(List<Finding> findings, Optional<StateMachineDefinition> definition) {

        public Report {
            findings = List.copyOf(findings);
        }

        public long count(Severity severity) {
            return findings.stream().filter(finding -> finding.severity() == severity).count();
        }
    }

    /**
     * Everything that is wrong with a definition, or may be.
     *
     * @param express whether it is to be an Express workflow's
     */
    public Report lint(String json, boolean express) {
        var places = Places.of(json);
        return switch (parser.parse(json)) {
            case Parsed.Invalid(var problems) ->
                    new Report(errors(problems, places), Optional.empty());
            case Parsed.Valid(var definition) -> {
                var refused = refused(definition, express);
                var findings =
                        Stream.concat(
                                        errors(refused, places).stream(),
                                        Advice.on(definition, resources).stream()
                                                .map(doubt -> warning(doubt, places)))
                                .sorted(BY_PLACE)
                                .toList();
                yield new Report(
                        findings, refused.isEmpty() ? Optional.of(definition) : Optional.empty());
            }
        };
    }

    private List<Problem> refused(StateMachineDefinition definition, boolean express) {
        var refused = express ? ExpressRules.check(definition) : List.<Problem>of();
        return Stream.concat(
                        refused.stream(),
                        ResourceRules.check(
                                definition,
                                resource -> !(resources.find(resource) instanceof Found.Nowhere))
                                .stream())
                .toList();
    }

    private static List<Finding> errors(List<Problem> problems, Places places) {
        return problems.stream().map(problem -> error(problem, places)).sorted(BY_PLACE).toList();
    }

    private static Finding error(Problem problem, Places places) {
        var code = problem.code();
        if (code == Code.INVALID_JSON_DESCRIPTION) {
            // The message ends in the whole text and its place.
            var message = problem.message().lines().findFirst().orElse("");
            return new Finding(Severity.ERROR, code.name(), "/", places.end(), message);
        }
        var path = path(problem, places);
        return new Finding(Severity.ERROR, code.name(), path, places.at(path), problem.message());
    }

    private static String path(Problem problem, Places places) {
        var location = problem.location().orElse("/");
        return FIELD.matcher(problem.message())
                .results()
                .map(named -> (location.equals("/") ? "" : location) + "/" + named.group(1))
                .filter(places::has)
                .findFirst()
                .orElse(location);
    }

    private static Finding warning(Advice.Doubt doubt, Places places) {
        return new Finding(
                Severity.WARNING,
                doubt.code(),
                doubt.path(),
                places.at(doubt.path()),
                doubt.message());
    }
}
