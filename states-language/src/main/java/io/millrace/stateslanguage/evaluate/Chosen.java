package io.millrace.stateslanguage.evaluate;

/** Where a Choice state or a catcher leads, and with what. */
public record Chosen(String next, Outcome outcome) {}
