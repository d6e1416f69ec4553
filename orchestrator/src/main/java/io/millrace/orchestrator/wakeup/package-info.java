/**
 * Carries what happens to executions into the journal: reads the head, lets the engine decide,
 * commits, and sends the effects; in this order, and again from the start where another process was
 * faster.
 */
@NullMarked
package io.millrace.orchestrator.wakeup;

import org.jspecify.annotations.NullMarked;
