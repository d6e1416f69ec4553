/** The answer through the Step Functions API, long payloads in S3. */
@NullMarked
package io.millrace.errorhandler.aws;

import org.jspecify.annotations.NullMarked;
