/** Batches over HTTP: start one, look at it, list them. */
@NullMarked
package io.millrace.batchjob.http;

import org.jspecify.annotations.NullMarked;
