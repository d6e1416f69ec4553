/** Payload templates: JSON with expressions in it, filled in for one scope. */
@NullMarked
package io.millrace.stateslanguage.template;

import org.jspecify.annotations.NullMarked;
