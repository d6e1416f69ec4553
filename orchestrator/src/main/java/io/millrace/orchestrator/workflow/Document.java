package io.millrace.orchestrator.workflow;

/**
 * A text that is kept beside the state machines and changed by compare-and-set.
 *
 * @param version 1 when it is new, and one more with each change
 */
public record Document(String text, long version) {}
