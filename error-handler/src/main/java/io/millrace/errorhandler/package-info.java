/** Turns what failed anywhere into an answer to the execution that waits, or into a record. */
@NullMarked
package io.millrace.errorhandler;

import org.jspecify.annotations.NullMarked;
