/**
 * Runs executions with the real engine, in memory, on the caller's thread, and in a time that
 * passes at once: for tests, and for the test kit that users have.
 */
@NullMarked
package io.millrace.orchestrator.virtualtime;

import org.jspecify.annotations.NullMarked;
