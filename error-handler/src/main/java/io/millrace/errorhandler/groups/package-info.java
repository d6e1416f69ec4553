/**
 * Keeps together what failed alike: how often, since when, and whether it is time for an alarm.
 * Knows no AWS.
 */
@NullMarked
package io.millrace.errorhandler.groups;

import org.jspecify.annotations.NullMarked;
