package io.millrace.orchestrator.cost;

import java.time.Duration;

/**
 * Counts the requests of one execution as it would be moved here: one commit at the start and one
 * at each wake-up, each put before its effects are sent, and billed by the size of the head.
 */
final class Meter {

    /** Of a head without events, and of an event, in bytes: measured, see the tests. */
    private static final int HEAD = 900;

    private static final int EVENT = 135;

    /** A head above this gives up its history (see the journal). */
    private static final int LARGEST_HEAD = 16 * 1024;

    private static final int WRITE_UNIT = 1024;
    private static final int READ_UNIT = 4096;

    /** After so many events a run is committed and taken up again. */
    private static final int EVENTS_OF_A_RUN = 500;

    private final int payload;
    private int events;
    private int data;
    private int sinceCommit;
    private boolean listed;
    private boolean due;
    private double commits;
    private double writes;
    private double reads;
    private double messages;

    Meter(int payload) {
        this.payload = payload;
        this.data = payload;
    }

    void events(int more) {
        events += more;
        sinceCommit += more;
        if (sinceCommit > EVENTS_OF_A_RUN) {
            pause();
        }
    }

    /** A state has a result. */
    void result() {
        data += payload;
    }

    void messages(int more) {
        messages += more;
    }

    void reads(double units) {
        reads += units;
    }

    /** The execution waits, and goes on with a wake-up. */
    void pause() {
        commit(true);
        reads += units(size(), READ_UNIT);
    }

    /** The execution has ended. */
    void end() {
        commit(false);
    }

    private void commit(boolean dueAgain) {
        commits++;
        sinceCommit = 0;
        if (size() > LARGEST_HEAD) {
            writes += units(events * EVENT + data, WRITE_UNIT);
            events = 0;
            data = Math.min(data, payload);
        }
        writes += units(size(), WRITE_UNIT);
        // An entry of the index of lists is put once, one of the index of what is due moves.
        writes += listed ? 0 : 1;
        writes += due && dueAgain ? 2 : due || dueAgain ? 1 : 0;
        listed = true;
        due = dueAgain;
    }

    private int size() {
        return HEAD + events * EVENT + data;
    }

    private static int units(int bytes, int unit) {
        return Math.ceilDiv(bytes, unit);
    }

    /** What was counted so far. */
    Usage usage() {
        return new Usage(0, 0, Duration.ZERO, Duration.ZERO, commits, writes, reads, messages);
    }
}
