/** The dead letters over HTTP. */
@NullMarked
package io.millrace.errorhandler.http;

import org.jspecify.annotations.NullMarked;
