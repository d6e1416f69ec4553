package io.millrace.datasync.lease;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.ShardId;
import java.util.Optional;

/**
 * Who reads a shard and how far it is read.
 *
 * @param shard which shard
 * @param owner the replica that reads it, if any
 * @param generation grows by one each time the lease changes hands; what an earlier owner writes
 *     does not count any more
 * @param beat grows with everything that the owner writes; one that stands still means that the
 *     owner is dead
 * @param position how far it is read
 */
public record Lease(
        ShardId shard, Optional<String> owner, long generation, long beat, Position position) {

    /** The lease of a shard that nobody has read from yet. */
    public static Lease unread(ShardId shard) {
        return new Lease(shard, Optional.empty(), 0, 0, new Position.Start());
    }

    public boolean isOwnedBy(String replica) {
        return owner.filter(replica::equals).isPresent();
    }

    public boolean isFinished() {
        return position instanceof Position.End;
    }
}
