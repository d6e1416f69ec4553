/** Shows how bindings do: as health and as metrics, where an application has these. */
@NullMarked
package io.millrace.streambinderaws.monitoring;

import org.jspecify.annotations.NullMarked;
