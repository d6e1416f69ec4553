/** A Spring Cloud Stream binder for Amazon SQS and SNS. */
@NullMarked
package io.millrace.streambinderaws;

import org.jspecify.annotations.NullMarked;
