package io.millrace.datasync.poll;

import java.time.Duration;

/**
 * How often what is done.
 *
 * @param idle the pause after a page without records
 * @param lease how long a lease lives after its owner's last sign
 * @param discovery how often the stream is asked for its shards
 * @param maxBackOff the longest pause after failures
 */
public record PollSettings(Duration idle, Duration lease, Duration discovery, Duration maxBackOff) {

    /** How often an owner gives a sign and replicas look at the leases. */
    Duration round() {
        return lease.dividedBy(4);
    }
}
