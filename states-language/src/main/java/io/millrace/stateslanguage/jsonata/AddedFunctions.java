package io.millrace.stateslanguage.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import io.millrace.stateslanguage.scope.Environment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The functions that Step Functions adds to JSONata, and those that take their time or chance from
 * outside. {@code $eval} is taken away, as Step Functions does.
 */
final class AddedFunctions {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final Set<String> ALGORITHMS =
            Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    /** As of States.ArrayRange. */
    private static final int LONGEST_RANGE = 1000;

    private AddedFunctions() {}

    static void bind(Jsonata.Frame frame, Environment environment) {
        frame.bind("partition", function(AddedFunctions::partition));
        frame.bind("range", function(AddedFunctions::range));
        frame.bind("hash", function(AddedFunctions::hash));
        frame.bind("parse", function(AddedFunctions::parse));
        frame.bind("uuid", function(_ -> environment.ids().get().toString()));
        frame.bind("random", function(arguments -> random(arguments, environment.random())));
        frame.bind("millis", function(_ -> environment.clock().millis()));
        frame.bind("now", function(arguments -> now(arguments, environment.clock().millis())));
        frame.bind("eval", function(_ -> unsupported("$eval")));
    }

    /** A function by what it makes of its arguments, of which the last may be missing. */
    private interface Body {
        @Nullable Object apply(List<?> arguments);
    }

    private static Jsonata.JFunction function(Body body) {
        return new Jsonata.JFunction((_, arguments) -> body.apply(arguments), null);
    }

    private static @Nullable Object partition(List<?> arguments) {
        if (argument(arguments, 0) == null) {
            return null;
        }
        if (!(argument(arguments, 0) instanceof List<?> array)) {
            throw refuse("$partition takes an array");
        }
        long size = integer(arguments, 1, "$partition");
        if (size < 1) {
            throw refuse("The chunk size of $partition must be 1 or more");
        }
        var chunks = new ArrayList<List<Object>>();
        for (int i = 0; i < array.size(); i++) {
            if (i % size == 0) {
                chunks.add(new ArrayList<>());
            }
            chunks.getLast().add(array.get(i));
        }
        return chunks;
    }

    private static Object range(List<?> arguments) {
        long first = integer(arguments, 0, "$range");
        long last = integer(arguments, 1, "$range");
        long step = integer(arguments, 2, "$range");
        if (step == 0) {
            throw refuse("The step of $range must not be zero");
        }
        var range = new ArrayList<Object>();
        for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
            if (range.size() == LONGEST_RANGE) {
                throw refuse("$range makes no more than %d numbers".formatted(LONGEST_RANGE));
            }
            range.add(value);
        }
        return range;
    }

    private static @Nullable Object hash(List<?> arguments) {
        var data = argument(arguments, 0);
        if (data == null) {
            return null;
        }
        if (!(data instanceof String text)) {
            throw refuse("$hash takes a string");
        }
        var algorithm = argument(arguments, 1);
        if (!(algorithm instanceof String name) || !ALGORITHMS.contains(name)) {
            throw refuse("$hash knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512");
        }
        try {
            var digest = MessageDigest.getInstance(name);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw refuse("This Java has no " + name);
        }
    }

    private static @Nullable Object parse(List<?> arguments) {
        var json = argument(arguments, 0);
        if (json == null) {
            return null;
        }
        if (!(json instanceof String text)) {
            throw refuse("$parse takes a string");
        }
        try {
            return Values.toValue(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw refuse("The argument of $parse is not JSON");
        }
    }

    /** From 0 to before 1; a seed gives the same number each time. */
    private static Object random(List<?> arguments, RandomGenerator chance) {
        var source =
                argument(arguments, 0) == null
                        ? chance
                        : new SplittableRandom(integer(arguments, 0, "$random"));
        return source.nextDouble();
    }

    private static @Nullable Object now(List<?> arguments, long millis) {
        return Functions.dateTimeFromMillis(millis, text(arguments, 0), text(arguments, 1));
    }

    private static @Nullable String text(List<?> arguments, int index) {
        return argument(arguments, index) instanceof String text ? text : null;
    }

    private static @Nullable Object argument(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static long integer(List<?> arguments, int index, String function) {
        if (argument(arguments, index) instanceof Number number) {
            // Rounded down, as AWS does for functions that want integers.
            return (long) Math.floor(number.doubleValue());
        }
        throw refuse("Argument %d of %s must be a number".formatted(index + 1, function));
    }

    private static Object unsupported(String function) {
        throw refuse("The function %s is not supported".formatted(function));
    }

    private static IllegalArgumentException refuse(String why) {
        return new IllegalArgumentException(why);
    }
}
