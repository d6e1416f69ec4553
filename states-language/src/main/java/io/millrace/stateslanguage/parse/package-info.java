/** Turns JSON into a definition, or into everything that is wrong with it, each with its place. */
@NullMarked
package io.millrace.stateslanguage.parse;

import org.jspecify.annotations.NullMarked;
