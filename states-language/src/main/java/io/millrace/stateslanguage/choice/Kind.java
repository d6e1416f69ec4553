package io.millrace.stateslanguage.choice;

import java.util.Optional;

/** What an Is… operator asks of its variable. */
public enum Kind {
    PRESENT("IsPresent"),
    NULL("IsNull"),
    BOOLEAN("IsBoolean"),
    NUMERIC("IsNumeric"),
    STRING("IsString"),
    TIMESTAMP("IsTimestamp");

    private final String operator;

    Kind(String operator) {
        this.operator = operator;
    }

    /** The operator's name in a definition. */
    public String operator() {
        return operator;
    }

    /** The kind that an operator asks for. */
    public static Optional<Kind> ofOperator(String operator) {
        for (var kind : values()) {
            if (kind.operator.equals(operator)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
