package io.millrace.stateslanguage.intrinsic;

/** A function cannot work with its arguments; the call that it stands in tells the rest. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message, null, false, false);
    }

    static Refusal of(String message) {
        return new Refusal(message);
    }
}
