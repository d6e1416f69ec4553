package io.millrace.datasync.poll;

import io.millrace.datasync.lease.Lease;
import io.millrace.datasync.lease.LeaseStore;
import io.millrace.datasync.stream.Position;
import io.millrace.datasync.stream.ShardId;
import io.millrace.datasync.stream.StreamSource;
import io.millrace.datasync.stream.StreamSource.Opened;
import io.millrace.datasync.stream.StreamSource.Place;
import io.millrace.datasync.stream.StreamSource.Read;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one shard, step by step: a page of records, their delivery, the checkpoint. The checkpoint
 * moves after the delivery, so a crash in between repeats records and loses none.
 */
final class ShardReader {

    private static final Logger log = LoggerFactory.getLogger(ShardReader.class);

    /** What comes after a step. */
    sealed interface Next {

        record Step(Duration after) implements Next {}

        /** The shard is read to its end. */
        record Finished() implements Next {}

        /** Another replica has the lease. */
        record Lost() implements Next {}
    }

    private static final Next AT_ONCE = new Next.Step(Duration.ZERO);

    private final StreamSource source;
    private final LeaseStore leases;
    private final Delivery delivery;
    private final PollSettings settings;
    private final PollMetrics metrics;
    private final InstantSource clock;
    private final Lease lease;
    private final BackOff backOff;

    private Position position;
    private Optional<Place> place = Optional.empty();
    private Optional<Read.Page> undelivered = Optional.empty();
    private Instant lastSign;

    /**
     * @param lease the lease, which this replica holds
     */
    ShardReader(
            StreamSource source,
            LeaseStore leases,
            Delivery delivery,
            PollSettings settings,
            PollMetrics metrics,
            InstantSource clock,
            Lease lease) {
        this.source = source;
        this.leases = leases;
        this.delivery = delivery;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.lease = lease;
        this.position = lease.position();
        this.lastSign = clock.instant();
        this.backOff = new BackOff(settings.idle(), settings.maxBackOff());
    }

    ShardId shard() {
        return lease.shard();
    }

    Lease lease() {
        return lease;
    }

    /** Does one step and says what comes next. Failures lead to the same step after a pause. */
    Next step() {
        try {
            if (!giveSign()) {
                return new Next.Lost();
            }
            var next = undelivered.isPresent() ? deliver(undelivered.get()) : read();
            backOff.succeeded();
            return next;
        } catch (RuntimeException e) {
            var pause = backOff.failed();
            metrics.failed();
            log.warn("shard {}: not read or not delivered, again in {}", shard(), pause, e);
            return new Next.Step(pause);
        }
    }

    private Next read() {
        if (place.isEmpty()) {
            return open();
        }
        var asked = clock.instant();
        return switch (source.read(place.get())) {
            case Read.Page page when page.records().isEmpty() -> idle(page, asked);
            case Read.Page page -> deliver(page);
            case Read.Expired _ -> {
                place = Optional.empty();
                yield AT_ONCE;
            }
            case Read.Trimmed _ -> restart();
        };
    }

    private Next open() {
        return switch (source.open(shard(), position)) {
            case Opened.At(var at) -> {
                place = Optional.of(at);
                yield AT_ONCE;
            }
            case Opened.Trimmed _ -> restart();
            case Opened.Gone _ -> finish();
        };
    }

    private Next restart() {
        place = Optional.empty();
        if (position instanceof Position.Start) {
            // The oldest record was dropped between finding and reading it, or, on DynamoDB Local,
            // the shard had none yet: nothing that was meant to be read is known to be lost.
            return new Next.Step(settings.idle());
        }
        log.error(
                "shard {}: what comes after {} is older than the stream keeps; what was not read"
                        + " is lost; going on with the oldest that is there",
                shard(),
                position);
        metrics.trimmed();
        position = new Position.Start();
        return AT_ONCE;
    }

    private Next idle(Read.Page page, Instant asked) {
        metrics.caughtUp(shard(), asked);
        place = page.next();
        return place.isEmpty() ? finish() : new Next.Step(settings.idle());
    }

    private Next deliver(Read.Page page) {
        undelivered = Optional.of(page);
        delivery.deliver(page.records());
        var last = page.records().getLast();
        position = new Position.After(last.sequenceNumber());
        if (!leases.advance(lease, position)) {
            return new Next.Lost();
        }
        lastSign = clock.instant();
        undelivered = Optional.empty();
        metrics.delivered(shard(), page.records().size(), last.at());
        place = page.next();
        return place.isEmpty() ? finish() : AT_ONCE;
    }

    private Next finish() {
        if (!leases.advance(lease, new Position.End())) {
            return new Next.Lost();
        }
        log.info("shard {} is read to its end", shard());
        return new Next.Finished();
    }

    private boolean giveSign() {
        var now = clock.instant();
        if (lastSign.plus(settings.round()).isAfter(now)) {
            return true;
        }
        lastSign = now;
        return leases.renew(lease);
    }
}
