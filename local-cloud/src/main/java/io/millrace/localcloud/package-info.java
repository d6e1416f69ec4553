/** An AWS-compatible endpoint on one port: starts the parts, provisions them, stops them. */
@NullMarked
package io.millrace.localcloud;

import org.jspecify.annotations.NullMarked;
