/** Who reads which shard, and how far it is read. Decides; the store is a port. */
@NullMarked
package io.millrace.datasync.lease;

import org.jspecify.annotations.NullMarked;
