/**
 * Runs one state by itself, with its work done or mocked, and tells what the data looked like
 * between the steps: TestState.
 */
@NullMarked
package io.millrace.orchestrator.teststate;

import org.jspecify.annotations.NullMarked;
