/** The messages that travel between the stages, and their CloudEvents 1.0 JSON. */
@NullMarked
package io.millrace.events;

import org.jspecify.annotations.NullMarked;
