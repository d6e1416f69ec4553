/** Shows what the linter finds and what a run of a definition would cost. */
@NullMarked
package io.millrace.launcher.lint;

import org.jspecify.annotations.NullMarked;
