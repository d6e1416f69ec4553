package io.millrace.datasync.stream;

import java.util.Optional;

/**
 * A part of a stream; the changes of one key are in one shard and then in its children.
 *
 * @param id its id
 * @param parent the shard whose records come before its own
 */
public record Shard(ShardId id, Optional<ShardId> parent) {}
