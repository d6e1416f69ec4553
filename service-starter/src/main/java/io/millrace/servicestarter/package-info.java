/** What every Millrace service starts from: resource names, events on the wire, health, traces. */
@NullMarked
package io.millrace.servicestarter;

import org.jspecify.annotations.NullMarked;
