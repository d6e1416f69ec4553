package io.millrace.webhookhandler.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How far the time at which a webhook says that it was signed may be from now. */
record Tolerance(Duration most, InstantSource clock) {

    /** Why a time in seconds since 1970 is not accepted. */
    Optional<Verdict> objection(String name, String seconds) {
        Instant signedAt;
        try {
            signedAt = Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.of(new Verdict.Malformed(name + " has to be seconds since 1970"));
        }
        return Duration.between(signedAt, clock.instant()).abs().compareTo(most) > 0
                ? Optional.of(
                        new Verdict.Refused(
                                "%s is more than %d s from now".formatted(name, most.toSeconds())))
                : Optional.empty();
    }
}
