/** Reads what S3 says of uploads. */
@NullMarked
package io.millrace.imageprocessor.upload;

import org.jspecify.annotations.NullMarked;
