/** Payloads that are too large for a message, and the messages that say where they lie. */
@NullMarked
package io.millrace.streambinderaws.payload;

import org.jspecify.annotations.NullMarked;
