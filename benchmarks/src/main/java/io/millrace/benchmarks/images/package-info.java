/** Photographs a second, beside sharp on the same libvips. */
@NullMarked
package io.millrace.benchmarks.images;

import org.jspecify.annotations.NullMarked;
