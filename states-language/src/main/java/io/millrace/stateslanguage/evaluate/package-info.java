/**
 * The entry points of evaluation: what goes into a state, what comes out of it, and where it leads.
 */
@NullMarked
package io.millrace.stateslanguage.evaluate;

import org.jspecify.annotations.NullMarked;
