/** {@code @LocalCloud}: an endpoint for JUnit tests. */
@NullMarked
package io.millrace.localcloud.junit;

import org.jspecify.annotations.NullMarked;
