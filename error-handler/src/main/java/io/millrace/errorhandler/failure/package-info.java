/** Tells what a failed message is and what is known of its failure; knows no AWS. */
@NullMarked
package io.millrace.errorhandler.failure;

import org.jspecify.annotations.NullMarked;
