/** Turns a stream record into a load request, or says why it is none. Knows no AWS client. */
@NullMarked
package io.millrace.datasync.change;

import org.jspecify.annotations.NullMarked;
