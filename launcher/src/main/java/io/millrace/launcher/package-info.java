/**
 * The {@code millrace} command: local-cloud and every service in one JVM, and what to do with them.
 */
@NullMarked
package io.millrace.launcher;

import org.jspecify.annotations.NullMarked;
