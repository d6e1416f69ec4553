package io.millrace.stateslanguage.error;

import java.util.Optional;

/**
 * What a failed state reports: either part may be missing, as a Fail state may leave both out.
 *
 * @param error the error name, which Retry and Catch match
 * @param cause text for people
 */
public record StateError(Optional<String> error, Optional<String> cause) {

    public static StateError of(String error, String cause) {
        return new StateError(Optional.of(error), Optional.of(cause));
    }

    /** Whether this is the error of that name. */
    public boolean is(String name) {
        return error.filter(name::equals).isPresent();
    }
}
