/** What can be configured of the binder and of each binding. */
@NullMarked
package io.millrace.streambinderaws.properties;

import org.jspecify.annotations.NullMarked;
