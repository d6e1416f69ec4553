/** Turns an image's bytes into renditions and metadata, or says why not; knows no AWS. */
@NullMarked
package io.millrace.imageprocessor.rendering;

import org.jspecify.annotations.NullMarked;
