package io.millrace.stateslanguage.model;

/** How a Wait state says until when. */
public sealed interface WaitFor {

    /** Seconds, SecondsPath. */
    record Seconds(Setting value) implements WaitFor {}

    /** Timestamp, TimestampPath. */
    record Timestamp(Setting value) implements WaitFor {}
}
