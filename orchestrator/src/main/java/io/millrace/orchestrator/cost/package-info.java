/**
 * Predicts what one execution of a definition costs on Step Functions and here, without running it.
 */
@NullMarked
package io.millrace.orchestrator.cost;

import org.jspecify.annotations.NullMarked;
