package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.QueryLanguage;
import java.util.regex.Pattern;

/** The names that variables may have. */
final class Variables {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final int LONGEST = 80;

    private Variables() {}

    static void checkNames(Fields assign, QueryLanguage language) {
        for (var field : assign.object().propertyNames()) {
            boolean evaluated = language == QueryLanguage.JSON_PATH && field.endsWith(".$");
            var name = evaluated ? field.substring(0, field.length() - 2) : field;
            if (!NAME.matcher(name).matches() || name.length() > LONGEST || isReserved(name)) {
                assign.problems()
                        .schema(
                                assign.at(field),
                                "'%s' is not a valid variable name".formatted(name));
            }
        }
    }

    private static boolean isReserved(String name) {
        return name.equals("states");
    }
}
