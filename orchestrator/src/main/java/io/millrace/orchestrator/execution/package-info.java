/**
 * Decides what an execution does next: given its head and what happened, the next head and the
 * effects to send. Knows no queue, no database and no thread; time and chance are handed in.
 *
 * <p>{@link io.millrace.orchestrator.execution.Head} is everything that is known of an execution,
 * {@link io.millrace.orchestrator.execution.Engine} moves it. An execution stands in one or more
 * {@linkplain io.millrace.orchestrator.execution.Frame frames}: the top level, and one for each
 * branch or iteration that runs; each is a position in a graph.
 */
@NullMarked
package io.millrace.orchestrator.execution;

import org.jspecify.annotations.NullMarked;
