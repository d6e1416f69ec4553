/**
 * A service on AWS Lambda. {@link io.millrace.lambdaadapter.LambdaHandler} is what AWS invokes;
 * each {@link io.millrace.lambdaadapter.LambdaTrigger} takes one kind of event to where the
 * service's own polling, or its web server, would have brought it.
 */
@NullMarked
package io.millrace.lambdaadapter;

import org.jspecify.annotations.NullMarked;
