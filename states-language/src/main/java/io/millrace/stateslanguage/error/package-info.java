/** The names of Step Functions' errors, and errors as values. */
@NullMarked
package io.millrace.stateslanguage.error;

import org.jspecify.annotations.NullMarked;
