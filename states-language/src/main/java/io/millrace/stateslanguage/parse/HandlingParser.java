package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.model.Catcher;
import io.millrace.stateslanguage.model.Retrier;
import io.millrace.stateslanguage.model.Retrier.Jitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Retry and Catch. */
final class HandlingParser {

    private static final Set<String> RETRIER =
            Set.of(
                    "Comment",
                    "ErrorEquals",
                    "IntervalSeconds",
                    "MaxAttempts",
                    "BackoffRate",
                    "MaxDelaySeconds",
                    "JitterStrategy");
    private static final Set<String> CATCHER = Set.of("Comment", "ErrorEquals", "Next", "Assign");

    /** AWS's bounds. */
    private static final int MOST = 99_999_999;

    private static final int LONGEST_DELAY = 31_622_400;

    private final Fields state;
    private final Expressions expressions;
    private final Problems problems;

    HandlingParser(Fields state, Expressions expressions) {
        this.state = state;
        this.expressions = expressions;
        this.problems = state.problems();
    }

    List<Retrier> retriers() {
        var retriers = new ArrayList<Retrier>();
        var all = state.objects("Retry");
        for (int i = 0; i < all.size(); i++) {
            retrier(all.get(i), i == all.size() - 1).ifPresent(retriers::add);
        }
        return retriers;
    }

    private Optional<Retrier> retrier(Fields fields, boolean last) {
        fields.allowOnly(RETRIER);
        fields.string("Comment");
        var errors = errorEquals(fields, last);
        int interval =
                fields.integer("IntervalSeconds", 1, MOST)
                        .map(Long::intValue)
                        .orElse(Retrier.DEFAULT_INTERVAL_SECONDS);
        int attempts =
                fields.integer("MaxAttempts", 0, MOST)
                        .map(Long::intValue)
                        .orElse(Retrier.DEFAULT_MAX_ATTEMPTS);
        double rate = fields.number("BackoffRate", 1, MOST).orElse(Retrier.DEFAULT_BACKOFF_RATE);
        var longest = fields.integer("MaxDelaySeconds", 1, LONGEST_DELAY).map(Long::intValue);
        if (longest.isPresent() && longest.get() <= interval) {
            problems.schema(
                    fields.at("MaxDelaySeconds"), "Value must be greater than IntervalSeconds");
        }
        var jitter = jitter(fields);
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new Retrier(errors, interval, attempts, rate, longest, jitter));
    }

    private Jitter jitter(Fields fields) {
        var name = fields.string("JitterStrategy").orElse("NONE");
        return switch (name) {
            case "FULL" -> Jitter.FULL;
            case "NONE" -> Jitter.NONE;
            default -> {
                problems.schema(fields.at("JitterStrategy"), "Value must be one of: [FULL, NONE]");
                yield Jitter.NONE;
            }
        };
    }

    List<Catcher> catchers() {
        var catchers = new ArrayList<Catcher>();
        var all = state.objects("Catch");
        for (int i = 0; i < all.size(); i++) {
            catcher(all.get(i), i == all.size() - 1).ifPresent(catchers::add);
        }
        return catchers;
    }

    private Optional<Catcher> catcher(Fields fields, boolean last) {
        var own = expressions.isJsonPath() ? "ResultPath" : "Output";
        var others = expressions.isJsonPath() ? "Output" : "ResultPath";
        for (var name : fields.object().propertyNames()) {
            if (name.equals(others)) {
                Vocabulary.notInThisLanguage(fields, name, expressions.language());
            } else if (!CATCHER.contains(name) && !name.equals(own)) {
                fields.unsupported(name);
            }
        }
        var errors = errorEquals(fields, last);
        var next = fields.requiredString("Next");
        var comment = fields.string("Comment");
        var resultPath = expressions.referencePath(fields, "ResultPath");
        var output = expressions.template(fields, "Output");
        var assign = expressions.assign(fields);
        return errors.isEmpty() || next.isEmpty()
                ? Optional.empty()
                : Optional.of(new Catcher(comment, errors, next.get(), resultPath, output, assign));
    }

    private List<String> errorEquals(Fields fields, boolean last) {
        fields.requiredNotEmpty("ErrorEquals");
        var errors = fields.strings("ErrorEquals");
        // ASL, "Retrying after error" and "Fallback states".
        if (errors.contains(ErrorNames.ALL)) {
            if (errors.size() > 1) {
                problems.schema(fields.at("ErrorEquals"), "States.ALL must stand alone");
            }
            if (!last) {
                problems.schema(fields.at("ErrorEquals"), "States.ALL must be in the last rule");
            }
        }
        return errors;
    }
}
