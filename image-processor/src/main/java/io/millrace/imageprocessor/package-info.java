/** Starts an execution per upload and renders images as its task. */
@NullMarked
package io.millrace.imageprocessor;

import org.jspecify.annotations.NullMarked;
