/** Sends messages to queues and topics, together where they come together. */
@NullMarked
package io.millrace.streambinderaws.producer;

import org.jspecify.annotations.NullMarked;
