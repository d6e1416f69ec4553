package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.choice.Comparison;
import io.millrace.stateslanguage.choice.Condition;
import io.millrace.stateslanguage.choice.Kind;
import io.millrace.stateslanguage.model.ChoiceRule;
import io.millrace.stateslanguage.path.Path;
import io.millrace.stateslanguage.template.Template;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the rules of a Choice state. */
final class ChoiceParser {

    private static final Set<String> BESIDE =
            Set.of("Comment", "Next", "Assign", "Output", "Variable");
    private static final Set<String> COMBINING = Set.of("And", "Or", "Not");

    private final Fields state;
    private final Expressions expressions;
    private final Problems problems;

    ChoiceParser(Fields state, Expressions expressions) {
        this.state = state;
        this.expressions = expressions;
        this.problems = state.problems();
    }

    List<ChoiceRule> rules() {
        state.requiredNotEmpty("Choices");
        var rules = new ArrayList<ChoiceRule>();
        for (var fields : state.objects("Choices")) {
            var next = fields.requiredString("Next");
            var comment = fields.string("Comment");
            var assign = expressions.assign(fields);
            var output = output(fields);
            var condition = expressions.isJsonPath() ? condition(fields, true) : holds(fields);
            if (next.isPresent() && condition.isPresent()) {
                rules.add(new ChoiceRule(comment, condition.get(), next.get(), assign, output));
            }
        }
        return rules;
    }

    private Optional<Template> output(Fields fields) {
        if (expressions.isJsonPath() && fields.has("Output")) {
            Vocabulary.notInThisLanguage(fields, "Output", expressions.language());
        }
        return expressions.template(fields, "Output");
    }

    /** JSONata: a rule's Condition, an expression or a plain boolean. */
    private Optional<Condition> holds(Fields fields) {
        fields.require("Condition");
        for (var name : fields.object().propertyNames()) {
            if (isConditionOfJsonPath(name)) {
                Vocabulary.notInThisLanguage(fields, name, expressions.language());
            } else if (!BESIDE.contains(name) && !name.equals("Condition")) {
                fields.unsupported(name);
            }
        }
        if (fields.any("Condition").filter(JsonNode::isBoolean).isPresent()) {
            return fields.bool("Condition").map(ChoiceParser::always);
        }
        var expression = expressions.computed(fields, "Condition");
        if (expression.isEmpty() && fields.string("Condition").isPresent()) {
            problems.schema(
                    fields.at("Condition"), "Value must be a JSONata expression: {% ... %}");
        }
        return expression.map(Condition.Holds::new);
    }

    /** All of nothing holds; its opposite does not. */
    private static Condition always(boolean holds) {
        var all = new Condition.And(List.of());
        return holds ? all : new Condition.Not(all);
    }

    private static boolean isConditionOfJsonPath(String name) {
        return name.equals("Variable") || COMBINING.contains(name) || isOperator(name);
    }

    private static boolean isOperator(String name) {
        return Kind.ofOperator(name).isPresent() || comparison(name).isPresent();
    }

    private static Optional<Comparison> comparison(String name) {
        return Comparison.ofOperator(
                name.endsWith("Path") ? name.substring(0, name.length() - 4) : name);
    }

    private Optional<Condition> condition(Fields fields, boolean top) {
        var asked =
                fields.object().propertyNames().stream()
                        .filter(name -> COMBINING.contains(name) || isOperator(name))
                        .toList();
        checkFields(fields, top);
        if (asked.size() != 1) {
            problems.schema(
                    fields.location(),
                    "A rule must have exactly one operator, but it has " + asked);
            return Optional.empty();
        }
        return switch (asked.getFirst()) {
            case "Not" ->
                    fields.object("Not")
                            .flatMap(other -> condition(other, false))
                            .map(Condition.Not::new);
            case "And" -> conditions(fields, "And").map(Condition.And::new);
            case "Or" -> conditions(fields, "Or").map(Condition.Or::new);
            case String operator -> compared(fields, operator);
        };
    }

    private void checkFields(Fields fields, boolean top) {
        for (var name : fields.object().propertyNames()) {
            if (name.equals("Condition")) {
                Vocabulary.notInThisLanguage(fields, name, expressions.language());
            } else if (!isConditionOfJsonPath(name) && !BESIDE.contains(name)) {
                fields.unsupported(name);
            } else if (!top && (name.equals("Next") || name.equals("Assign"))) {
                // ASL, "Choice state": the nested rules have no Next.
                fields.unsupported(name);
            }
        }
    }

    private Optional<List<Condition>> conditions(Fields fields, String name) {
        fields.requiredNotEmpty(name);
        var conditions = new ArrayList<Condition>();
        for (var nested : fields.objects(name)) {
            condition(nested, false).ifPresent(conditions::add);
        }
        return Optional.of(conditions);
    }

    private Optional<Condition> compared(Fields fields, String operator) {
        var variable =
                fields.requiredString("Variable")
                        .flatMap(text -> expressions.compilePath(fields, "Variable", text));
        var kind = Kind.ofOperator(operator);
        if (kind.isPresent()) {
            var expected = fields.bool(operator);
            return variable.flatMap(
                    path -> expected.map(is -> new Condition.Is(path, kind.get(), is)));
        }
        var comparison = comparison(operator).orElseThrow();
        if (operator.equals(comparison.operator())) {
            var to = operand(fields, operator, comparison.type());
            return variable.flatMap(
                    path -> to.map(value -> new Condition.Compare(path, comparison, value)));
        }
        Optional<Path> to =
                fields.string(operator)
                        .flatMap(text -> expressions.compilePath(fields, operator, text));
        return variable.flatMap(
                path -> to.map(other -> new Condition.CompareTo(path, comparison, other)));
    }

    private Optional<JsonNode> operand(Fields fields, String operator, Comparison.Type type) {
        boolean fits =
                switch (type) {
                    case STRING -> fields.string(operator).isPresent();
                    case NUMERIC ->
                            fields.number(operator, Long.MIN_VALUE, Long.MAX_VALUE).isPresent();
                    case BOOLEAN -> fields.bool(operator).isPresent();
                    case TIMESTAMP ->
                            fields.string(operator)
                                    .filter(text -> isTimestamp(fields, operator, text))
                                    .isPresent();
                };
        return fits ? fields.any(operator) : Optional.empty();
    }

    private boolean isTimestamp(Fields fields, String operator, String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            problems.schema(
                    fields.at(operator),
                    "Value is not a valid ISO-8601 extended offset date-time format string");
            return false;
        }
    }
}
