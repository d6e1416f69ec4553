package io.millrace.stateslanguage.lint;

/**
 * Something about a definition that its author should know.
 *
 * @param code Step Functions' code of an error, or our own of a warning
 * @param path where in the document, as Step Functions writes it: {@code /States/Load/Next}
 */
public record Finding(Severity severity, String code, String path, Place place, String message) {

    /** How bad it is. */
    public enum Severity {
        /** Step Functions refuses the definition. */
        ERROR,
        /** Step Functions takes it, and an execution may go wrong. */
        WARNING
    }

    /** A place in a text; both count from 1. */
    public record Place(int line, int column) {}
}
