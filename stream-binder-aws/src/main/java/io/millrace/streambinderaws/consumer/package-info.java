/** Brings messages from queues to handlers, and back when a handler fails. */
@NullMarked
package io.millrace.streambinderaws.consumer;

import org.jspecify.annotations.NullMarked;
