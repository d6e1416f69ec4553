package io.millrace.datasync.poll;

import io.millrace.datasync.stream.StreamSource.Change;
import java.util.List;

/** Where records go. */
@FunctionalInterface
public interface Delivery {

    /**
     * Returns when all records, in this order, have been accepted for good. A record that is no
     * load request does not hold up the others.
     *
     * @throws RuntimeException if some were not accepted; then all are delivered again
     */
    void deliver(List<Change> records);
}
