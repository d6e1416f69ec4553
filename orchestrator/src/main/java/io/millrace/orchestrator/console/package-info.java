/** Serves the console: a page that asks the Step Functions API, as any client does. */
@NullMarked
package io.millrace.orchestrator.console;

import org.jspecify.annotations.NullMarked;
