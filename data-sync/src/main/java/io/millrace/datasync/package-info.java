/**
 * Follows the stream of a table and asks for every change to be loaded, in order and at least once.
 */
@NullMarked
package io.millrace.datasync;

import org.jspecify.annotations.NullMarked;
