/** DynamoDB and DynamoDB Streams: DynamoDB Local in this process. */
@NullMarked
package io.millrace.localcloud.tables;

import org.jspecify.annotations.NullMarked;
