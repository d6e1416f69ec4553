/**
 * Runs a definition in a test: the real engine, in memory, with mocked tasks and in a time that
 * passes at once. {@link io.millrace.statestestkit.StateMachineTest} is where to begin.
 */
@NullMarked
package io.millrace.statestestkit;

import org.jspecify.annotations.NullMarked;
