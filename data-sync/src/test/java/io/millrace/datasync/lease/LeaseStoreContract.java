package io.millrace.datasync.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.ShardId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of leases does. */
public abstract class LeaseStoreContract {

    private final ShardId shard = new ShardId("shardId-" + UUID.randomUUID());

    protected abstract LeaseStore store();

    @Test
    void onlyLeasesThatThereAreAreFound() {
        store().create(Lease.unread(shard));
        assertThat(store().find(List.of(shard, new ShardId("other"))))
                .containsExactly(Lease.unread(shard));
        assertThat(store().find(List.of())).isEmpty();
    }

    @Test
    void creatingALeaseAgainChangesNothing() {
        var held = held("one");
        store().create(Lease.unread(shard));
        assertThat(stored()).isEqualTo(held);
    }

    @Test
    void ofTwoThatTakeALeaseOneGetsIt() {
        store().create(Lease.unread(shard));
        var seen = stored();
        assertThat(store().take(seen, "one")).isPresent();
        assertThat(store().take(seen, "two")).isEmpty();
        assertThat(stored().owner()).contains("one");
    }

    @Test
    void aLeaseThatHasMovedSinceItWasSeenIsNotTaken() {
        var held = held("one");
        store().renew(held);
        assertThat(store().take(held, "two")).isEmpty();
    }

    @Test
    void everySignMovesTheBeat() {
        var held = held("one");
        assertThat(store().renew(held)).isTrue();
        assertThat(stored().beat()).isGreaterThan(held.beat());
        assertThat(stored().generation()).isEqualTo(held.generation());
    }

    @Test
    void aPositionIsKept() {
        var held = held("one");
        assertThat(store().advance(held, new Position.After("42"))).isTrue();
        assertThat(stored().position()).isEqualTo(new Position.After("42"));
        assertThat(store().advance(held, new Position.End())).isTrue();
        assertThat(stored().isFinished()).isTrue();
    }

    @Test
    void whoLostTheLeaseMovesNothing() {
        var one = held("one");
        var two = store().take(stored(), "two").orElseThrow();
        assertThat(store().advance(one, new Position.After("1"))).isFalse();
        assertThat(store().renew(one)).isFalse();
        store().release(one);
        assertThat(stored()).isEqualTo(two);
    }

    @Test
    void aSecondTenureOfTheSameOwnerEndsTheFirst() {
        var first = held("one");
        var second = store().take(stored(), "one").orElseThrow();
        assertThat(store().advance(first, new Position.After("1"))).isFalse();
        assertThat(store().advance(second, new Position.After("2"))).isTrue();
    }

    @Test
    void aReleasedLeaseHasNoOwnerAndKeepsItsPosition() {
        var held = held("one");
        store().advance(held, new Position.After("7"));
        store().release(held);
        assertThat(stored().owner()).isEmpty();
        assertThat(stored().position()).isEqualTo(new Position.After("7"));
    }

    private Lease held(String owner) {
        store().create(Lease.unread(shard));
        return store().take(stored(), owner).orElseThrow();
    }

    private Lease stored() {
        return store().find(List.of(shard)).getFirst();
    }
}
