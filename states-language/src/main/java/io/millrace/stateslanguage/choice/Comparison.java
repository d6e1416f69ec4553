package io.millrace.stateslanguage.choice;

import java.util.Optional;

/** A comparison operator: the type of both sides, and how they relate. */
public record Comparison(Type type, Relation relation) {

    /** The type that both sides must have; if one has not, the comparison is false. */
    public enum Type {
        STRING("String"),
        NUMERIC("Numeric"),
        BOOLEAN("Boolean"),
        TIMESTAMP("Timestamp");

        private final String text;

        Type(String text) {
            this.text = text;
        }
    }

    /** How the sides relate. */
    public enum Relation {
        EQUALS("Equals"),
        LESS_THAN("LessThan"),
        GREATER_THAN("GreaterThan"),
        LESS_THAN_EQUALS("LessThanEquals"),
        GREATER_THAN_EQUALS("GreaterThanEquals"),
        MATCHES("Matches");

        private final String text;

        Relation(String text) {
            this.text = text;
        }
    }

    public Comparison {
        if (!makesSense(type, relation)) {
            throw new IllegalArgumentException(
                    "There is no operator %s; use BooleanEquals or a String operator"
                            .formatted(type.text + relation.text));
        }
    }

    /** The operator's name in a definition, without Path at its end. */
    public String operator() {
        return type.text + relation.text;
    }

    /** The comparison of that name, without Path at its end. */
    public static Optional<Comparison> ofOperator(String operator) {
        for (var type : Type.values()) {
            for (var relation : Relation.values()) {
                if (makesSense(type, relation) && operator.equals(type.text + relation.text)) {
                    return Optional.of(new Comparison(type, relation));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean makesSense(Type type, Relation relation) {
        return switch (relation) {
            case EQUALS -> true;
            case MATCHES -> type == Type.STRING;
            case LESS_THAN, GREATER_THAN, LESS_THAN_EQUALS, GREATER_THAN_EQUALS ->
                    type != Type.BOOLEAN;
        };
    }
}
