package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.error.EvaluationFailure;
import io.millrace.stateslanguage.jsonata.ResultType;
import io.millrace.stateslanguage.model.Setting;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import io.millrace.stateslanguage.template.TemplateFiller;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Finds the values of fields that are given, found or computed, and words what is wrong with them.
 */
final class Settings {

    /** AWS's longest wait or timeout, in seconds. */
    private static final long LONGEST = 99_999_999;

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private static final Pattern DECIMAL =
            Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");

    private final Environment environment;
    private final TemplateFiller templates;

    Settings(Environment environment, TemplateFiller templates) {
        this.environment = environment;
        this.templates = templates;
    }

    /** The value of a field, of whatever type. */
    JsonNode value(Setting setting, Scope scope) {
        return switch (setting) {
            case Setting.Given(var value) -> value;
            case Setting.Found(var expression) -> expression.evaluate(scope, environment);
            case Setting.Computed(var expression) -> expression.evaluate(scope, environment);
            case Setting.Filled(var template) -> templates.fill(template, scope);
        };
    }

    /**
     * @param objects whether an object is as good as an array
     */
    JsonNode items(Setting setting, Scope scope, boolean objects) {
        return switch (setting) {
            case Setting.Given(var value) -> value;
            case Setting.Found(var expression) -> {
                var value = expression.evaluate(scope, environment);
                if (!value.isArray() && !(objects && value.isObject())) {
                    throw EvaluationFailure.runtime(
                            "Reference path \"%s\" must point to array."
                                    .formatted(expression.text()));
                }
                yield value;
            }
            case Setting.Computed(var expression) ->
                    expression.evaluate(
                            scope,
                            environment,
                            objects ? ResultType.ARRAY_OR_OBJECT : ResultType.ARRAY);
            case Setting.Filled(var template) -> templates.fill(template, scope);
        };
    }

    String text(String field, Setting setting, Scope scope) {
        return switch (setting) {
            case Setting.Given _, Setting.Filled _ -> value(setting, scope).asString();
            case Setting.Found(var expression) -> {
                var value = expression.evaluate(scope, environment);
                if (!value.isString()) {
                    throw EvaluationFailure.runtime(
                            "The %sPath parameter does not reference a string value: %s == %s"
                                    .formatted(field, expression.text(), value));
                }
                yield value.stringValue();
            }
            case Setting.Computed(var expression) ->
                    expression.evaluate(scope, environment, ResultType.STRING).stringValue();
        };
    }

    Duration seconds(String field, Setting setting, Scope scope) {
        return Duration.ofSeconds(
                switch (setting) {
                    case Setting.Given _, Setting.Filled _ -> value(setting, scope).asLong();
                    case Setting.Found(var expression) ->
                            foundSeconds(
                                    field,
                                    expression.text(),
                                    expression.evaluate(scope, environment));
                    case Setting.Computed(var expression) ->
                            computedSeconds(
                                    field,
                                    expression.evaluate(scope, environment, ResultType.NUMBER));
                });
    }

    private static long foundSeconds(String field, String path, JsonNode value) {
        long seconds =
                whole(value)
                        .orElseThrow(() ->
                                refused(
                                        "The %sPath parameter cannot be parsed as a long"
                                                + " value: %s == %s",
                                        field, path, value));
        if (seconds < 0) {
            throw refused(
                    "The %sPath parameter references a negative value: %s == %s",
                    field, path, value);
        }
        if (seconds > LONGEST) {
            throw refused(
                    "The %sPath parameter references a value that is too large: %s == %s",
                    field, path, value);
        }
        return seconds;
    }

    private static EvaluationFailure refused(
            String message, String field, String path, JsonNode value) {
        return EvaluationFailure.runtime(message.formatted(field, path, plain(value)));
    }

    /** A whole number, which may be written as a string: AWS parses either. */
    private static Optional<Long> whole(JsonNode value) {
        return WHOLE.matcher(plain(value)).matches()
                ? Optional.of(Long.parseLong(plain(value)))
                : Optional.empty();
    }

    private static long computedSeconds(String field, JsonNode value) {
        if (!value.isIntegralNumber() || value.asDouble() < 0 || value.asDouble() > LONGEST) {
            throw EvaluationFailure.query(
                    "The %s field must be a whole number from 0 to %d but was: %s"
                            .formatted(field, LONGEST, value),
                    Optional.of(field));
        }
        return value.asLong();
    }

    Instant timestamp(Setting setting, Scope scope) {
        return switch (setting) {
            case Setting.Given _, Setting.Filled _ ->
                    OffsetDateTime.parse(value(setting, scope).asString()).toInstant();
            case Setting.Found(var expression) -> {
                var value = plain(expression.evaluate(scope, environment));
                yield instant(value)
                        .orElseThrow(() ->
                                EvaluationFailure.runtime(
                                        ("The TimestampPath parameter does not reference a"
                                                        + " valid ISO-8601 extended offset date-time"
                                                        + " format string: %s == %s")
                                                .formatted(expression.text(), value)));
            }
            case Setting.Computed(var expression) -> {
                var value =
                        expression.evaluate(scope, environment, ResultType.STRING).stringValue();
                yield instant(value)
                        .orElseThrow(() ->
                                EvaluationFailure.query(
                                        ("The Timestamp field cannot be parsed as an"
                                                        + " ISO-8601 extended offset date-time"
                                                        + " format string: %s")
                                                .formatted(value),
                                        Optional.of("Timestamp")));
            }
        };
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    int integer(String field, Setting setting, Scope scope) {
        var value = value(setting, scope);
        return whole(value)
                .filter(number -> number >= 0 && number <= Integer.MAX_VALUE)
                .map(Long::intValue)
                .orElseThrow(() -> invalid(field, setting, value, "integer"));
    }

    double percentage(String field, Setting setting, Scope scope) {
        var value = value(setting, scope);
        double percentage =
                decimal(value).orElseThrow(() -> invalid(field, setting, value, "float"));
        if (percentage < 0 || percentage > 100) {
            var detail = field + " must be between 0 and 100.";
            throw setting instanceof Setting.Computed
                    ? EvaluationFailure.query(detail, Optional.of(field))
                    : EvaluationFailure.runtime(detail);
        }
        return percentage;
    }

    private static Optional<Double> decimal(JsonNode value) {
        return DECIMAL.matcher(plain(value)).matches()
                ? Optional.of(Double.parseDouble(plain(value)))
                : Optional.empty();
    }

    private static EvaluationFailure invalid(
            String field, Setting setting, JsonNode value, String type) {
        return switch (setting) {
            case Setting.Found(var expression) ->
                    EvaluationFailure.runtime(
                            "The %sPath field refers to value \"%s\" which is not a valid %s: %s"
                                    .formatted(field, plain(value), type, expression.text()));
            case Setting.Given _, Setting.Computed _, Setting.Filled _ ->
                    EvaluationFailure.query(
                            "The %s field is not a valid %s: %s".formatted(field, type, value),
                            Optional.of(field));
        };
    }

    /** A string without its quotes, anything else as JSON. */
    private static String plain(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
