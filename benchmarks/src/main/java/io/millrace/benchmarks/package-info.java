/** Programs that measure the pipeline; their figures lie in the README beside them. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
