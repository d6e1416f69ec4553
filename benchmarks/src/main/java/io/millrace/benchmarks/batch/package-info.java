/** Figures of batch-job. */
@NullMarked
package io.millrace.benchmarks.batch;

import org.jspecify.annotations.NullMarked;
