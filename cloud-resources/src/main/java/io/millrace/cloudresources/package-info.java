/** Reads the CloudFormation template that names every AWS resource of Millrace. */
@NullMarked
package io.millrace.cloudresources;

import org.jspecify.annotations.NullMarked;
