package io.millrace.orchestrator.activity;

import io.millrace.orchestrator.execution.Datum;

/** What a worker is given. */
public record ActivityTask(String token, Datum input) {}
