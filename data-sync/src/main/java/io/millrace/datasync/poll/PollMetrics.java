package io.millrace.datasync.poll;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.datasync.stream.ShardId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured: how far behind the table the reading is, how much is read, what went wrong. */
public final class PollMetrics {

    private final Map<ShardId, Duration> lags = new ConcurrentHashMap<>();
    private final Counter records;
    private final Counter failures;
    private final Counter trims;
    private final Timer latency;

    public PollMetrics(MeterRegistry registry) {
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
        Gauge.builder("millrace.data.sync.shards", lags, Map::size)
                .description("shards that this replica reads")
                .register(registry);
    }

    /** How far the slowest shard of this replica is behind. */
    public Duration lag() {
        return lags.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    void started(ShardId shard) {
        lags.put(shard, Duration.ZERO);
    }

    void stopped(ShardId shard) {
        lags.remove(shard);
    }

    void delivered(ShardId shard, int count, Duration behind) {
        records.increment(count);
        var lag = behind.isNegative() ? Duration.ZERO : behind;
        latency.record(lag);
        lags.replace(shard, lag);
    }

    void caughtUp(ShardId shard) {
        lags.replace(shard, Duration.ZERO);
    }

    void failed() {
        failures.increment();
    }

    void trimmed() {
        trims.increment();
    }
}
