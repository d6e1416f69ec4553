/** Who may call the Step Functions API. */
@NullMarked
package io.millrace.orchestrator.authentication;

import org.jspecify.annotations.NullMarked;
