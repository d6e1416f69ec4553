/** SNS: topics, their subscriptions, and what is delivered to which queue. */
@NullMarked
package io.millrace.localcloud.topics;

import org.jspecify.annotations.NullMarked;
