/** Makes task tokens that only Millrace can make, and reads them back. Knows no task. */
@NullMarked
package io.millrace.orchestrator.token;

import org.jspecify.annotations.NullMarked;
