/**
 * The pipeline as a black box: what goes in through AWS and HTTP, and what lies in AWS afterwards.
 * On the embedded endpoint, or on the one that {@code AWS_ENDPOINT_URL} names.
 */
@NullMarked
package io.millrace.systemtests;

import org.jspecify.annotations.NullMarked;
