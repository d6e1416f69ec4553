/** What an expression can see: the data, the context object and the variables. */
@NullMarked
package io.millrace.stateslanguage.scope;

import org.jspecify.annotations.NullMarked;
