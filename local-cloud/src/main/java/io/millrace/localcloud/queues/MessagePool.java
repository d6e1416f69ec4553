package io.millrace.localcloud.queues;

import java.sql.SQLException;
import scalikejdbc.ConnectionPool;

/**
 * The connections to where messages are kept. ElasticMQ has one pool for the whole JVM and sets it
 * up only once: this one lets servers come and go, one at a time.
 */
final class MessagePool {

    private boolean open;

    synchronized void open(String url) {
        if (open) {
            throw new IllegalStateException(
                    "another local-cloud with a data directory runs in this JVM; there can be one");
        }
        ConnectionPool.singleton(
                url,
                "",
                "",
                ConnectionPool.singleton$default$4(),
                ConnectionPool.singleton$default$5(
                        url, "", "", ConnectionPool.singleton$default$4()));
        try (var _ = ConnectionPool.get(ConnectionPool.get$default$1()).borrow()) {
            open = true;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the data directory cannot be had, perhaps another local-cloud has it: "
                            + e.getMessage(),
                    e);
        }
    }

    synchronized void close() {
        ConnectionPool.closeAll();
        open = false;
    }
}
