/** The three effects on DynamoDB, S3 and SNS. */
@NullMarked
package io.millrace.transformload.aws;

import org.jspecify.annotations.NullMarked;
