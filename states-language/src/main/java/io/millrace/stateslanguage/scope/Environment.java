package io.millrace.stateslanguage.scope;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What evaluation takes from the outside: the time, chance and ids.
 *
 * @param clock for {@code $now()} and {@code $millis()}
 * @param random for States.MathRandom, {@code $random()} and jitter
 * @param ids for States.UUID and {@code $uuid()}
 */
public record Environment(InstantSource clock, RandomGenerator random, Supplier<UUID> ids) {

    /** The system's clock, chance and ids. */
    public static Environment system() {
        return new Environment(
                InstantSource.system(), RandomGenerator.getDefault(), UUID::randomUUID);
    }
}
