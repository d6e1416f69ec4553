/** The three effects of a result and their order; knows no AWS. */
@NullMarked
package io.millrace.transformload.result;

import org.jspecify.annotations.NullMarked;
