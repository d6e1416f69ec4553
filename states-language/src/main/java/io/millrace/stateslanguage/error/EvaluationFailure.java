package io.millrace.stateslanguage.error;

import java.util.Optional;

/**
 * An expression of a definition does not work for the data at hand. The cause is worded as Step
 * Functions words it; {@link #inState} adds where it happened.
 */
public final class EvaluationFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;
    private final String detail;
    private final Optional<String> location;

    private EvaluationFailure(String error, String detail, Optional<String> location) {
        super(error + ": " + detail, null, false, false);
        this.error = error;
        this.detail = detail;
        this.location = location;
    }

    public static EvaluationFailure of(String error, String detail) {
        return new EvaluationFailure(error, detail, Optional.empty());
    }

    /** A path, reference path or template of the JSONPath query language does not work. */
    public static EvaluationFailure runtime(String detail) {
        return of(ErrorNames.RUNTIME, detail);
    }

    /** An intrinsic function refuses its arguments. */
    public static EvaluationFailure intrinsic(String detail) {
        return of(ErrorNames.INTRINSIC_FAILURE, detail);
    }

    /** A JSONata expression does not work; the location names its field, such as Output/a. */
    public static EvaluationFailure query(String detail, Optional<String> location) {
        return new EvaluationFailure(ErrorNames.QUERY_EVALUATION_ERROR, detail, location);
    }

    /** The error name. */
    public String error() {
        return error;
    }

    /** What went wrong, without the state. */
    public String detail() {
        return detail;
    }

    /** The field whose JSONata expression failed, as the history event EvaluationFailed has it. */
    public Optional<String> location() {
        return location;
    }

    /** The error as the execution reports it: the cause names the state and its entered event. */
    public StateError inState(String state, long enteredEventId) {
        return StateError.of(
                error,
                "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
                        .formatted(state, enteredEventId, detail));
    }
}
