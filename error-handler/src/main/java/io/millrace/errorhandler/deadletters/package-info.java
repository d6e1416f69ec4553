/**
 * Looks through the dead letters and brings them home: what is there, what is sent again, what is
 * dropped. Knows no AWS.
 */
@NullMarked
package io.millrace.errorhandler.deadletters;

import org.jspecify.annotations.NullMarked;
