package io.millrace.stateslanguage.path;

/** A text that a definition gives as a path or another expression is none. */
public final class InvalidExpression extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private InvalidExpression(String message) {
        super(message, null, false, false);
    }

    public static InvalidExpression of(String text, String why) {
        return new InvalidExpression("'%s': %s".formatted(text, why));
    }
}
