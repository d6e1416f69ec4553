/** Images from S3, renditions to S3. */
@NullMarked
package io.millrace.imageprocessor.aws;

import org.jspecify.annotations.NullMarked;
