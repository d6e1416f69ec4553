/** Small documents kept in a file, replaced whole; without a data directory, kept nowhere. */
@NullMarked
package io.millrace.localcloud.state;

import org.jspecify.annotations.NullMarked;
