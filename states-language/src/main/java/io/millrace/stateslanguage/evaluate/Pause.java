package io.millrace.stateslanguage.evaluate;

import java.time.Duration;
import java.time.Instant;

/** How long a Wait state waits. */
public sealed interface Pause {

    /** For so long since the state was entered. */
    record For(Duration duration) implements Pause {}

    /** Until then; a time in the past is no pause. */
    record Until(Instant time) implements Pause {}
}
