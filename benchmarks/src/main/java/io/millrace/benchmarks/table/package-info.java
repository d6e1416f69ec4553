/** How long a change of the table takes to its load request. */
@NullMarked
package io.millrace.benchmarks.table;

import org.jspecify.annotations.NullMarked;
