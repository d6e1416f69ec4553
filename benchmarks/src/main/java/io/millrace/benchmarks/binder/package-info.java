/** Messages a second through the binder, beside Spring Cloud AWS by itself. */
@NullMarked
package io.millrace.benchmarks.binder;

import org.jspecify.annotations.NullMarked;
