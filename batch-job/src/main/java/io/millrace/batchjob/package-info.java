/** Fans the lines of an object out to work items and tells when all of them are done. */
@NullMarked
package io.millrace.batchjob;

import org.jspecify.annotations.NullMarked;
