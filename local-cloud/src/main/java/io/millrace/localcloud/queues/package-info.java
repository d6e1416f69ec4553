/** SQS: ElasticMQ in this process, and how the other parts put messages into its queues. */
@NullMarked
package io.millrace.localcloud.queues;

import org.jspecify.annotations.NullMarked;
