/**
 * Loads an endpoint of Step Functions, whosever it is, and says how fast it is; {@code engine.py}
 * beside the README starts the endpoints.
 */
@NullMarked
package io.millrace.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
