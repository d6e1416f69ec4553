/**
 * Does what tasks want of other services, with the output shapes and error names of Step Functions.
 */
@NullMarked
package io.millrace.orchestrator.integration;

import org.jspecify.annotations.NullMarked;
