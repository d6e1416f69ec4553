/** Decides whether a Choice rule holds for what it can see. */
@NullMarked
package io.millrace.stateslanguage.choice;

import org.jspecify.annotations.NullMarked;
