/**
 * Runs Express workflows: the engine of the Standard ones over a journal in memory, for five
 * minutes at most. What was started without waiting for it stays on its queue until it has ended,
 * so that another process runs it again if this one dies.
 */
@NullMarked
package io.millrace.orchestrator.express;

import org.jspecify.annotations.NullMarked;
