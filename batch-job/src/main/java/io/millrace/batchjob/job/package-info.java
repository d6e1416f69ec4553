/** A batch: its life, how far it is read, what of it is done. Decides; effects are ports. */
@NullMarked
package io.millrace.batchjob.job;

import org.jspecify.annotations.NullMarked;
