/** Creates what a CloudFormation template declares, and names what it does not understand. */
@NullMarked
package io.millrace.localcloud.provisioning;

import org.jspecify.annotations.NullMarked;
