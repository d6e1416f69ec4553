package io.millrace.datasync.poll;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.datasync.stream.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured: how far behind the table the reading is, how much is read, what went wrong. */
public final class PollMetrics {

    /** Until when everything that happened to a shard is known to be delivered. */
    private final Map<ShardId, Instant> delivered = new ConcurrentHashMap<>();

    private final InstantSource clock;
    private final Counter records;
    private final Counter failures;
    private final Counter trims;
    private final Timer latency;

    public PollMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.records =
                Counter.builder("millrace.data.sync.records")
                        .description("stream records delivered")
                        .register(registry);
        this.failures =
                Counter.builder("millrace.data.sync.failures")
                        .description("steps that failed and are done again")
                        .register(registry);
        this.trims =
                Counter.builder("millrace.data.sync.trimmed")
                        .description(
                                "times that records were lost because the stream had dropped them")
                        .register(registry);
        this.latency =
                Timer.builder("millrace.data.sync.latency")
                        .description("from a page's last change to its accepted load request")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
        Gauge.builder("millrace.data.sync.lag", this, metrics -> metrics.lag().toMillis() / 1000.0)
                .description("how far the slowest shard is behind the table")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("millrace.data.sync.shards", delivered, Map::size)
                .description("shards that this replica reads")
                .register(registry);
    }

    /**
     * How far the slowest shard of this replica is behind: what is older is delivered. It grows
     * while the stream cannot be read or nothing can be delivered.
     */
    public Duration lag() {
        return delivered.values().stream()
                .min(Instant::compareTo)
                .map(this::since)
                .orElse(Duration.ZERO);
    }

    private Duration since(Instant then) {
        var past = Duration.between(then, clock.instant());
        return past.isNegative() ? Duration.ZERO : past;
    }

    void started(ShardId shard) {
        delivered.put(shard, clock.instant());
    }

    void stopped(ShardId shard) {
        delivered.remove(shard);
    }

    /**
     * A page is delivered.
     *
     * @param last when its last change was made
     */
    void delivered(ShardId shard, int count, Instant last) {
        records.increment(count);
        latency.record(since(last));
        delivered.replace(shard, last);
    }

    /**
     * There was nothing new in a shard.
     *
     * @param asked when that was asked for
     */
    void caughtUp(ShardId shard, Instant asked) {
        delivered.replace(shard, asked);
    }

    void failed() {
        failures.increment();
    }

    void trimmed() {
        trims.increment();
    }
}
