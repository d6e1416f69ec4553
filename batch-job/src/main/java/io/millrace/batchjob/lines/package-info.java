/** Cuts an object into lines and makes items of them, holding one line at a time. Knows no AWS. */
@NullMarked
package io.millrace.batchjob.lines;

import org.jspecify.annotations.NullMarked;
