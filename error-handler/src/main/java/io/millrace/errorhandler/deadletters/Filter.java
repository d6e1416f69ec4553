package io.millrace.errorhandler.deadletters;

import io.millrace.events.FailureRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which dead letters are meant: those that fit all that is given. In texts, {@code *} stands for
 * anything.
 *
 * @param ids ids, or their first characters; any if there are none
 * @param error the error's name
 * @param state the failed state
 * @param origin the queue, stream or state machine where it failed: a function is known by its
 *     queue
 * @param since not given up before that time
 * @param until given up before that time
 */
public record Filter(
        Set<String> ids,
        Optional<String> error,
        Optional<String> state,
        Optional<String> origin,
        Optional<Instant> since,
        Optional<Instant> until) {

    public static final Filter ALL =
            new Filter(
                    Set.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public Filter {
        ids = Set.copyOf(ids);
    }

    /** What is no record fits by its id, or where nothing is asked of records. */
    public boolean fits(DeadLetter letter) {
        var named = ids.isEmpty() || ids.stream().anyMatch(letter.id()::startsWith);
        return named
                && letter.record().map(event -> fits(event.data())).orElseGet(this::asksNothing);
    }

    /** Whether every dead letter fits. */
    public boolean isEverything() {
        return ids.isEmpty() && asksNothing();
    }

    private boolean asksNothing() {
        return error.isEmpty()
                && state.isEmpty()
                && origin.isEmpty()
                && since.isEmpty()
                && until.isEmpty();
    }

    private boolean fits(FailureRecord failure) {
        return fits(error, failure.error())
                && fits(state, failure.failedState().orElse(""))
                && fits(origin, failure.origin())
                && since.filter(failure.failedAt()::isBefore).isEmpty()
                && until.filter(time -> !failure.failedAt().isBefore(time)).isEmpty();
    }

    private static boolean fits(Optional<String> wanted, String text) {
        return wanted.filter(pattern -> !pattern(pattern).matcher(text).matches()).isEmpty();
    }

    private static Pattern pattern(String wildcards) {
        return Pattern.compile(Pattern.quote(wildcards).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    }
}
