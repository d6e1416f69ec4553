package io.millrace.orchestrator.activity;

import java.time.Instant;

/** An activity: a name under which workers ask for tasks. */
public record Activity(String name, Instant createdAt) {}
