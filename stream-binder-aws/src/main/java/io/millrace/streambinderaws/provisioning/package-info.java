/** Finds or creates the queues and topics that bindings name. */
@NullMarked
package io.millrace.streambinderaws.provisioning;

import org.jspecify.annotations.NullMarked;
