package io.millrace.datasync.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.Shard;
import io.millrace.datasync.stream.ShardId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeasesTests {

    @Test
    void aReplicaAloneTakesEverything() {
        assertThat(take("me", shards("a", "b"), free("a"), free("b"))).containsExactly("a", "b");
    }

    @Test
    void aReplicaBesideAnotherTakesItsShareOnly() {
        assertThat(
                        take(
                                "me",
                                shards("a", "b", "c", "d"),
                                owned("a", "other"),
                                free("b"),
                                free("c"),
                                free("d")))
                .containsExactly("b", "c");
    }

    @Test
    void leasesOfTheDeadAreFree() {
        var dead = owned("a", "dead");
        assertThat(
                        Leases.toTake("me", shards("a"), List.of(dead), _ -> false).stream()
                                .map(Lease::shard))
                .containsExactly(new ShardId("a"));
    }

    @Test
    void aReplicaThatHasNothingTakesOneFromTheBusiest() {
        assertThat(
                        take(
                                "me",
                                shards("a", "b", "c"),
                                owned("a", "x"),
                                owned("b", "x"),
                                owned("c", "y")))
                .containsExactly("a");
    }

    @Test
    void nobodyTakesFromAnEqual() {
        assertThat(
                        take(
                                "me",
                                shards("a", "b", "c"),
                                owned("a", "x"),
                                owned("b", "x"),
                                owned("c", "me")))
                .isEmpty();
    }

    @Test
    void aChildWaitsForItsParent() {
        var family = List.of(shard("p"), new Shard(id("c"), Optional.of(id("p"))));
        assertThat(take("me", family, owned("p", "other"), free("c"))).isEmpty();
        assertThat(take("me", family, finished("p"), free("c"))).containsExactly("c");
    }

    @Test
    void aChildWhoseParentTheStreamHasDroppedWaitsForNobody() {
        var orphan = List.of(new Shard(id("c"), Optional.of(id("gone"))));
        assertThat(take("me", orphan, free("c"))).containsExactly("c");
    }

    @Test
    void aParentThatHasNoLeaseYetIsNotRead() {
        var family = List.of(shard("p"), new Shard(id("c"), Optional.of(id("p"))));
        assertThat(take("me", family, free("c"))).isEmpty();
    }

    @Test
    void whatIsFinishedIsNotTakenAgain() {
        assertThat(take("me", shards("a"), finished("a"))).isEmpty();
    }

    private static List<String> take(String self, List<Shard> shards, Lease... leases) {
        return Leases.toTake(self, shards, List.of(leases), _ -> true).stream()
                .map(lease -> lease.shard().value())
                .toList();
    }

    private static ShardId id(String value) {
        return new ShardId(value);
    }

    private static Shard shard(String id) {
        return new Shard(id(id), Optional.empty());
    }

    private static List<Shard> shards(String... ids) {
        return List.of(ids).stream().map(LeasesTests::shard).toList();
    }

    private static Lease free(String shard) {
        return Lease.unread(id(shard));
    }

    private static Lease owned(String shard, String owner) {
        return new Lease(id(shard), Optional.of(owner), 1, 1, new Position.Start());
    }

    private static Lease finished(String shard) {
        return new Lease(id(shard), Optional.empty(), 1, 1, new Position.End());
    }
}
