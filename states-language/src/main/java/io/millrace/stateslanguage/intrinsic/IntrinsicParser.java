package io.millrace.stateslanguage.intrinsic;

import io.millrace.stateslanguage.path.InvalidExpression;
import io.millrace.stateslanguage.path.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a call such as {@code States.Format('{} is {}', $.name, States.ArrayLength($.all))} (ASL,
 * "Intrinsic Functions").
 */
final class IntrinsicParser {

    private static final Pattern NAME = Pattern.compile("States\\.[A-Za-z0-9]+");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9]\\d{0,40})(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");
    private static final Pattern WORD = Pattern.compile("true|false|null");

    /** AWS's limit on nesting. */
    private static final int DEEPEST = 10;

    private final String text;
    private int at;

    IntrinsicParser(String text) {
        this.text = text;
    }

    Expression.Call parse() {
        skipBlanks();
        var call = call(1);
        skipBlanks();
        if (at < text.length()) {
            throw wrong("'%s' is left after the call".formatted(text.substring(at)));
        }
        return call;
    }

    private Expression.Call call(int depth) {
        int start = at;
        var name = match(NAME, "an intrinsic function or a path that begins with $");
        var function =
                IntrinsicFunction.named(name)
                        .orElseThrow(() -> wrong("there is no function " + name));
        if (depth > DEEPEST) {
            throw wrong("functions are nested deeper than " + DEEPEST);
        }
        expect('(');
        var arguments = arguments(depth);
        if (!function.takes(arguments.size())) {
            throw wrong("%s takes %s".formatted(name, function.arity()));
        }
        if (function == IntrinsicFunction.FORMAT) {
            keepEscapes(arguments);
        }
        return new Expression.Call(text.substring(start, at), function, arguments);
    }

    /** States.Format itself has to tell an escaped brace from a place for an argument. */
    private static void keepEscapes(List<Expression> arguments) {
        if (arguments.getFirst() instanceof Expression.Literal(var quoted, var value)
                && value.isString()) {
            var raw = quoted.substring(1, quoted.length() - 1);
            arguments.set(
                    0, new Expression.Literal(quoted, JsonNodeFactory.instance.stringNode(raw)));
        }
    }

    private List<Expression> arguments(int depth) {
        var arguments = new ArrayList<Expression>();
        skipBlanks();
        if (next() == ')') {
            at++;
            return arguments;
        }
        while (true) {
            arguments.add(argument(depth));
            skipBlanks();
            char separator = next();
            at++;
            if (separator == ')') {
                return arguments;
            }
            if (separator != ',') {
                throw wrong("an argument must be followed by , or )");
            }
        }
    }

    private Expression argument(int depth) {
        skipBlanks();
        int start = at;
        return switch (next()) {
            case '\'' -> {
                var value = string();
                yield new Expression.Literal(
                        text.substring(start, at), JsonNodeFactory.instance.stringNode(value));
            }
            case '$' -> new Expression.Lookup(Path.parse(path()));
            case 'S' -> call(depth + 1);
            case 't', 'f', 'n' -> {
                var word = match(WORD, "true, false or null");
                yield new Expression.Literal(word, word(word));
            }
            default -> {
                var number = match(NUMBER, "an argument");
                yield new Expression.Literal(number, Numbers.node(new BigDecimal(number)));
            }
        };
    }

    private static JsonNode word(String word) {
        var nodes = JsonNodeFactory.instance;
        return word.equals("null") ? nodes.nullNode() : nodes.booleanNode(word.equals("true"));
    }

    /** A string between single quotes, in which a backslash escapes quotes, braces and itself. */
    private String string() {
        var value = new StringBuilder();
        at++;
        while (next() != '\'') {
            if (next() == '\\') {
                at++;
                value.append("'{}\\".indexOf(next()) >= 0 ? "" : "\\");
            }
            value.append(next());
            at++;
        }
        at++;
        return value.toString();
    }

    /** A path ends at a comma or parenthesis that stands outside of its brackets and quotes. */
    private String path() {
        int start = at;
        int depth = 0;
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote != 0) {
                if (c == '\\') {
                    at++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (depth == 0 && (c == ',' || c == ')')) {
                break;
            } else if (c == ']' || c == ')') {
                depth--;
            }
            at++;
        }
        at = Math.min(at, text.length());
        return text.substring(start, at).strip();
    }

    private String match(Pattern pattern, String what) {
        var matcher = pattern.matcher(text);
        if (!matcher.find(at) || matcher.start() != at) {
            throw wrong("%s is expected at position %d".formatted(what, at));
        }
        at = matcher.end();
        return matcher.group();
    }

    private void expect(char wanted) {
        skipBlanks();
        if (next() != wanted) {
            throw wrong("%s is expected at position %d".formatted(wanted, at));
        }
        at++;
    }

    private char next() {
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private InvalidExpression wrong(String why) {
        return InvalidExpression.of(text, why);
    }
}
