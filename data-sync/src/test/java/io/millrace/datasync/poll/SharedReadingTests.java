package io.millrace.datasync.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.datasync.lease.InMemoryLeases;
import io.millrace.datasync.lease.Lease;
import io.millrace.datasync.stream.ShardId;
import io.millrace.datasync.stream.StreamSource.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replicas over a fake stream, in virtual time and without threads. */
class SharedReadingTests {

    private static final PollSettings SETTINGS =
            new PollSettings(
                    Duration.ofMillis(250),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30));

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final FakeStream stream = new FakeStream(now);
    private final InMemoryLeases leases = new InMemoryLeases();
    private final List<String> delivered = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private int failures;

    @Test
    void aReplicaReadsEverythingFromTheOldestRecordOn() {
        stream.addShard("a", Optional.empty());
        stream.write("a", "1", "2", "3");
        run(new Node("one"), 2);
        assertThat(delivered).containsExactly("1", "2", "3");
    }

    @Test
    void theRecordsOfAShardComeBeforeThoseOfItsChildren() {
        stream.addShard("p", Optional.empty());
        stream.write("p", "1", "2", "3");
        stream.split("p", "c", "d");
        stream.write("c", "4");
        stream.write("d", "5");
        var node = new Node("one");
        run(node, 3);
        assertThat(delivered).startsWith("1", "2", "3").containsOnlyOnce("4", "5");
    }

    @Test
    void aCheckpointMovesOnlyAfterTheDelivery() {
        stream.addShard("a", Optional.empty());
        stream.write("a", "1", "2");
        failures = 1;
        var node = new Node("one");
        node.round();
        node.step();
        node.step();
        assertThat(delivered).isEmpty();
        assertThat(lease("a").position()).isEqualTo(Lease.unread(new ShardId("a")).position());
        run(node, 2);
        assertThat(delivered).containsExactly("1", "2");
    }

    @Test
    void aReplicaThatDiesIsReplacedAndAtMostAPageIsRepeated() {
        stream.addShard("a", Optional.empty());
        stream.write("a", "1", "2", "3");
        var one = new Node("one");
        one.round();
        one.step();
        one.step();
        assertThat(delivered).containsExactly("1", "2");
        var two = new Node("two");
        run(two, 1);
        assertThat(delivered).as("the lease is not stale yet").containsExactly("1", "2");
        now = now.plusSeconds(11);
        run(two, 2);
        assertThat(delivered).containsExactly("1", "2", "3");
        assertThat(lease("a").owner()).contains("two");
    }

    @Test
    void whoWasTakenForDeadFindsOutAndStops() {
        stream.addShard("a", Optional.empty());
        var one = new Node("one");
        one.round();
        one.step();
        var two = new Node("two");
        two.round();
        now = now.plusSeconds(11);
        two.round();
        stream.write("a", "1");
        assertThat(one.readers).hasSize(1);
        one.step();
        assertThat(one.readers).isEmpty();
        run(two, 1);
        assertThat(delivered).contains("1");
    }

    @Test
    void aNewReplicaGetsItsShare() {
        for (var shard : List.of("a", "b", "c", "d")) {
            stream.addShard(shard, Optional.empty());
        }
        var one = new Node("one");
        run(one, 1);
        assertThat(one.readers).hasSize(4);
        var two = new Node("two");
        for (var round = 0; round < 4; round++) {
            now = now.plusSeconds(3);
            run(two, 1);
            run(one, 1);
        }
        assertThat(one.readers).hasSize(2);
        assertThat(two.readers).hasSize(2);
        stream.write("a", "1");
        stream.write("d", "2");
        run(one, 1);
        run(two, 1);
        assertThat(delivered).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void whatTheStreamHasDroppedDoesNotStopTheRest() {
        stream.addShard("a", Optional.empty());
        stream.write("a", "1");
        run(new Node("one"), 1);
        stream.write("a", "lost", "2");
        stream.trim("a", 2);
        now = now.plusSeconds(11);
        var two = new Node("two");
        run(two, 1);
        now = now.plusSeconds(11);
        run(two, 2);
        assertThat(delivered).containsExactly("1", "2");
        assertThat(registry.get("millrace.data.sync.trimmed").counter().count()).isEqualTo(1);
    }

    @Test
    void theLagGrowsWhileNothingCanBeDelivered() {
        stream.addShard("a", Optional.empty());
        var node = new Node("one");
        run(node, 1);
        assertThat(lag()).isZero();
        stream.write("a", "1");
        failures = 1000;
        run(node, 20);
        assertThat(lag()).isEqualTo(60);
        failures = 0;
        run(node, 1);
        assertThat(delivered).containsExactly("1");
        assertThat(lag()).isZero();
    }

    @Test
    void childrenThatAnotherReplicaReadsWaitForTheirParentsEndToo() {
        stream.addShard("p", Optional.empty());
        stream.write("p", "1", "2", "3");
        stream.split("p", "c", "d");
        stream.write("c", "4");
        stream.write("d", "5");
        var one = new Node("one");
        one.round();
        one.step();
        one.step();
        var two = new Node("two");
        run(two, 1);
        assertThat(delivered).as("the parent has one more record").containsExactly("1", "2");
        for (var round = 0; round < 4; round++) {
            run(one, 1);
            run(two, 1);
        }
        assertThat(delivered).startsWith("1", "2", "3").containsOnlyOnce("4", "5");
        assertThat(lease("c").owner()).isNotEqualTo(lease("d").owner());
    }

    @Test
    void anExpiredPlaceIsOpenedAgainWhereItWas() {
        stream.addShard("a", Optional.empty());
        stream.write("a", "1");
        var node = new Node("one");
        run(node, 1);
        stream.write("a", "2");
        stream.expire();
        run(node, 1);
        assertThat(delivered).containsExactly("1", "2");
    }

    @Test
    void aStoppedReplicaGivesItsLeasesBackAtOnce() {
        stream.addShard("a", Optional.empty());
        var one = new Node("one");
        run(one, 1);
        one.stop();
        var two = new Node("two");
        run(two, 1);
        assertThat(lease("a").owner()).contains("two");
    }

    private double lag() {
        return registry.get("millrace.data.sync.lag").gauge().value();
    }

    private Lease lease(String shard) {
        return leases.find(Set.of(new ShardId(shard))).getFirst();
    }

    /** Rounds, and after each as many steps as there is something to read. */
    private void run(Node node, int rounds) {
        for (var round = 0; round < rounds; round++) {
            now = now.plusSeconds(3);
            node.round();
            for (var step = 0; step < 12; step++) {
                node.step();
            }
        }
    }

    private void deliver(List<Change> records) {
        if (failures-- > 0) {
            throw new IllegalStateException("the queue is away");
        }
        records.forEach(record -> delivered.add(record.json().asString()));
    }

    private final class Node {
        private final List<ShardReader> readers = new ArrayList<>();
        private final Replica replica;

        private Node(String name) {
            this.replica =
                    new Replica(
                            name,
                            stream,
                            leases,
                            SharedReadingTests.this::deliver,
                            SETTINGS,
                            new PollMetrics(registry, () -> now),
                            () -> now);
        }

        private void round() {
            readers.addAll(replica.round());
        }

        private void step() {
            for (var reader : List.copyOf(readers)) {
                switch (reader.step()) {
                    case ShardReader.Next.Step _ -> {}
                    case ShardReader.Next.Lost _ -> remove(reader);
                    case ShardReader.Next.Finished _ -> {
                        remove(reader);
                        replica.discover();
                    }
                }
            }
        }

        private void remove(ShardReader reader) {
            readers.remove(reader);
            replica.stopped(reader, false);
        }

        private void stop() {
            readers.forEach(reader -> replica.stopped(reader, true));
            readers.clear();
        }
    }
}
