/**
 * The orchestrator as a Lambda function: queues bring starts, results and wake-ups; a schedule
 * looks for what is due; an HTTP API brings the Step Functions API.
 */
@NullMarked
package io.millrace.orchestrator.lambda;

import org.jspecify.annotations.NullMarked;
