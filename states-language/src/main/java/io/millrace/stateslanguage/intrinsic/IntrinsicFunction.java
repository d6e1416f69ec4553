package io.millrace.stateslanguage.intrinsic;

import java.util.Optional;

/** The functions that the language has, and how many arguments each takes. */
public enum IntrinsicFunction {
    ARRAY("Array", 0, Integer.MAX_VALUE),
    ARRAY_PARTITION("ArrayPartition", 2, 2),
    ARRAY_CONTAINS("ArrayContains", 2, 2),
    ARRAY_RANGE("ArrayRange", 3, 3),
    ARRAY_GET_ITEM("ArrayGetItem", 2, 2),
    ARRAY_LENGTH("ArrayLength", 1, 1),
    ARRAY_UNIQUE("ArrayUnique", 1, 1),
    BASE64_ENCODE("Base64Encode", 1, 1),
    BASE64_DECODE("Base64Decode", 1, 1),
    HASH("Hash", 2, 2),
    JSON_MERGE("JsonMerge", 3, 3),
    MATH_RANDOM("MathRandom", 2, 3),
    MATH_ADD("MathAdd", 2, 2),
    STRING_SPLIT("StringSplit", 2, 2),
    UUID("UUID", 0, 0),
    FORMAT("Format", 1, Integer.MAX_VALUE),
    STRING_TO_JSON("StringToJson", 1, 1),
    JSON_TO_STRING("JsonToString", 1, 1);

    private final String text;
    private final int fewest;
    private final int most;

    IntrinsicFunction(String name, int fewest, int most) {
        this.text = "States." + name;
        this.fewest = fewest;
        this.most = most;
    }

    /** The name that a definition uses. */
    public String text() {
        return text;
    }

    /** The function of that name. */
    static Optional<IntrinsicFunction> named(String name) {
        for (var function : values()) {
            if (function.text.equals(name)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    String arity() {
        if (fewest == most) {
            return fewest + (fewest == 1 ? " argument" : " arguments");
        }
        return most == Integer.MAX_VALUE
                ? "at least " + fewest + (fewest == 1 ? " argument" : " arguments")
                : fewest + " to " + most + " arguments";
    }
}
