/** Figures of local-cloud. */
@NullMarked
package io.millrace.benchmarks.localcloud;

import org.jspecify.annotations.NullMarked;
