package io.millrace.stateslanguage.evaluate;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a task may take.
 *
 * @param timeout from its start to its result
 * @param heartbeat from one sign of life to the next
 */
public record Limits(Optional<Duration> timeout, Optional<Duration> heartbeat) {}
