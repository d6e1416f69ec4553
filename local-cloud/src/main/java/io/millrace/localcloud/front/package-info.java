/** The one HTTP port: says which service a request is for and brings it there. */
@NullMarked
package io.millrace.localcloud.front;

import org.jspecify.annotations.NullMarked;
