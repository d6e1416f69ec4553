/** Sends real input through a running pipeline from outside and tells what became of it. */
@NullMarked
package io.millrace.launcher.demo;

import org.jspecify.annotations.NullMarked;
