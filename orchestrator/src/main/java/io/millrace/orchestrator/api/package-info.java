/** Answers the Step Functions API: AWS JSON 1.0 over HTTP, with AWS's names, limits and errors. */
@NullMarked
package io.millrace.orchestrator.api;

import org.jspecify.annotations.NullMarked;
