/** JSONPath: reading what a path selects, and writing at a reference path. */
@NullMarked
package io.millrace.stateslanguage.path;

import org.jspecify.annotations.NullMarked;
