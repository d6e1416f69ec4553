package io.millrace.stateslanguage.intrinsic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions on text. */
final class StringFunctions {

    /** AWS's limit on what is hashed or coded. */
    private static final int LONGEST = 10_000;

    private static final Set<String> ALGORITHMS =
            Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StringFunctions() {}

    static JsonNode encode(Arguments arguments) {
        var bytes = limited(arguments.string(0)).getBytes(StandardCharsets.UTF_8);
        return NODES.stringNode(Base64.getEncoder().encodeToString(bytes));
    }

    static JsonNode decode(Arguments arguments) {
        try {
            var bytes = Base64.getDecoder().decode(limited(arguments.string(0)));
            return NODES.stringNode(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("The argument is not Base64: " + e.getMessage());
        }
    }

    static JsonNode hash(Arguments arguments) {
        var data = arguments.any(0);
        var text = limited(data.isString() ? data.stringValue() : data.toString());
        var algorithm = arguments.string(1);
        if (!ALGORITHMS.contains(algorithm)) {
            throw Refusal.of(
                    "The hashing algorithm '%s' is none of MD5, SHA-1, SHA-256, SHA-384, SHA-512"
                            .formatted(algorithm));
        }
        try {
            var digest =
                    MessageDigest.getInstance(algorithm)
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return NODES.stringNode(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw Refusal.of("This Java has no " + algorithm);
        }
    }

    /** Any character of the second argument separates; empty parts are left out, as AWS does. */
    static JsonNode split(Arguments arguments) {
        var text = arguments.string(0);
        var separators = arguments.string(1);
        var parts = NODES.arrayNode();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
                if (i > start) {
                    parts.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    /** Each pair of braces takes the next argument; a backslash takes what follows as it is. */
    static JsonNode format(Arguments arguments) {
        var template = arguments.string(0);
        var text = new StringBuilder();
        int used = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\'
                    && i + 1 < template.length()
                    && "{}\\'".indexOf(template.charAt(i + 1)) >= 0) {
                text.append(template.charAt(++i));
            } else if (c == '{' && i + 1 < template.length() && template.charAt(i + 1) == '}') {
                used++;
                i++;
                text.append(used < arguments.count() ? formatted(arguments.any(used)) : "");
            } else {
                text.append(c);
            }
        }
        if (used != arguments.count() - 1) {
            throw Refusal.of(
                    "The template has %d places for arguments, but %d are given"
                            .formatted(used, arguments.count() - 1));
        }
        return NODES.stringNode(text.toString());
    }

    private static String formatted(JsonNode value) {
        if (value.isContainer()) {
            throw Refusal.of(
                    "An argument must be a string, number, boolean or null but was " + value);
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    static JsonNode uuid(Supplier<UUID> ids) {
        return NODES.stringNode(ids.get().toString());
    }

    private static String limited(String text) {
        if (text.length() > LONGEST) {
            throw Refusal.of("The argument is longer than %d characters".formatted(LONGEST));
        }
        return text;
    }
}
