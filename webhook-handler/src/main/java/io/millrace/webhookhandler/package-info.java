/** Receives webhooks over HTTP and handles them as the task of their workflow. */
@NullMarked
package io.millrace.webhookhandler;

import org.jspecify.annotations.NullMarked;
