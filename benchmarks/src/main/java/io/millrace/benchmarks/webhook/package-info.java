/** Webhooks a second, beside an endpoint that does no more than put a message on the queue. */
@NullMarked
package io.millrace.benchmarks.webhook;

import org.jspecify.annotations.NullMarked;
