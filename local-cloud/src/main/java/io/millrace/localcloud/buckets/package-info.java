/** S3: S3Proxy in this process, and the event notifications that it lacks. */
@NullMarked
package io.millrace.localcloud.buckets;

import org.jspecify.annotations.NullMarked;
