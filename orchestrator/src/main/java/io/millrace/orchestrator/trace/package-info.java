/** The spans of executions and their states, made at their ends. */
@NullMarked
package io.millrace.orchestrator.trace;

import org.jspecify.annotations.NullMarked;
