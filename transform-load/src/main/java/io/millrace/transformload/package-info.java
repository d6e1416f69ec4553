/** Maps what arrives, stores it, archives it and announces it, once per id. */
@NullMarked
package io.millrace.transformload;

import org.jspecify.annotations.NullMarked;
