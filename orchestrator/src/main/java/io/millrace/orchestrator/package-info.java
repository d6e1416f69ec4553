/** The orchestrator: durable executions of Amazon States Language behind the Step Functions API. */
@NullMarked
package io.millrace.orchestrator;

import org.jspecify.annotations.NullMarked;
