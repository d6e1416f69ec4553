/** Reads the shards that this replica holds, delivers their records and moves their checkpoints. */
@NullMarked
package io.millrace.datasync.poll;

import org.jspecify.annotations.NullMarked;
