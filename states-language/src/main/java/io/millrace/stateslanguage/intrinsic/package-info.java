/** The intrinsic functions of the JSONPath query language: their grammar and what each computes. */
@NullMarked
package io.millrace.stateslanguage.intrinsic;

import org.jspecify.annotations.NullMarked;
