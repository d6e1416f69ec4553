/** A state machine definition as immutable values, its expressions already compiled. */
@NullMarked
package io.millrace.stateslanguage.model;

import org.jspecify.annotations.NullMarked;
