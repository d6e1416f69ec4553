package io.millrace.datasync.lease;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.ShardId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where leases are kept; of two that write at once, one wins. */
public interface LeaseStore {

    /** The leases of those shards that have one. */
    List<Lease> find(Collection<ShardId> shards);

    /** Adds the lease of a shard that has none; nothing changes if it has one by now. */
    void create(Lease unread);

    /** Makes a replica the owner, if the lease is still in the hands it was seen in. */
    Optional<Lease> take(Lease seen, String owner);

    /** Says that the owner lives; false if it is the owner no more. */
    boolean renew(Lease held);

    /** Moves the position, and says that the owner lives; false if it is the owner no more. */
    boolean advance(Lease held, Position position);

    /** Gives the lease back, so that another replica need not wait until it expires. */
    void release(Lease held);
}
