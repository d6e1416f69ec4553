/** Turns a payload into a result's document, as a JSONata expression per kind says. */
@NullMarked
package io.millrace.transformload.mapping;

import org.jspecify.annotations.NullMarked;
