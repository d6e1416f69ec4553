/** The ports of a batch on S3, DynamoDB and Spring Cloud Stream. */
@NullMarked
package io.millrace.batchjob.aws;

import org.jspecify.annotations.NullMarked;
