/** Says what is wrong with a definition's text, and what may be, each with its line and column. */
@NullMarked
package io.millrace.stateslanguage.lint;

import org.jspecify.annotations.NullMarked;
