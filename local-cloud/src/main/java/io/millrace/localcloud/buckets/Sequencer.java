package io.millrace.localcloud.buckets;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives events their order: hexadecimal texts of one length, each greater than all before, those of
 * earlier runs included as long as the clock is not turned back.
 */
final class Sequencer {

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    Sequencer(InstantSource clock) {
        this.clock = clock;
    }

    String next() {
        var now = clock.instant();
        var micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        return "%018X".formatted(last.updateAndGet(before -> Math.max(before + 1, micros)));
    }
}
