/** The stream, the leases and the queues on DynamoDB Streams, DynamoDB and Spring Cloud Stream. */
@NullMarked
package io.millrace.datasync.aws;

import org.jspecify.annotations.NullMarked;
