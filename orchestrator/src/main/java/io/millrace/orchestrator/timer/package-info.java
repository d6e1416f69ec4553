/**
 * Finds executions that are due and wakes them. Decides nothing: a wake-up too many does nothing.
 */
@NullMarked
package io.millrace.orchestrator.timer;

import org.jspecify.annotations.NullMarked;
