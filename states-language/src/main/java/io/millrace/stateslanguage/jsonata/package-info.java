/** JSONata expressions with what Step Functions adds to the language and takes from it. */
@NullMarked
package io.millrace.stateslanguage.jsonata;

import org.jspecify.annotations.NullMarked;
