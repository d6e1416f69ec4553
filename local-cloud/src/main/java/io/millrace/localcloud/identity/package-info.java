/** STS: tells callers who they are. */
@NullMarked
package io.millrace.localcloud.identity;

import org.jspecify.annotations.NullMarked;
