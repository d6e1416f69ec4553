package io.millrace.statestestkit;

import io.millrace.orchestrator.execution.Definition;
import java.time.Instant;

/**
 * What a test's executions start from.
 *
 * @param name of the state machine
 * @param execution the name of the execution
 */
record Setup(
        String name,
        String execution,
        Definition definition,
        Mocks mocks,
        Coverage coverage,
        Instant startAt,
        long seed) {

    /** As good as any, and always the same. */
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static Setup of(String name, Definition definition) {
        var coverage = new Coverage(name, definition.language().graph());
        return new Setup(name, "test", definition, Mocks.NONE, coverage, START, 1);
    }

    Setup with(Mocks others) {
        return new Setup(name, execution, definition, others, coverage, startAt, seed);
    }

    Setup with(Instant time) {
        return new Setup(name, execution, definition, mocks, coverage, time, seed);
    }

    Setup with(long chance) {
        return new Setup(name, execution, definition, mocks, coverage, startAt, chance);
    }

    Setup named(String other) {
        return new Setup(name, other, definition, mocks, coverage, startAt, seed);
    }
}
