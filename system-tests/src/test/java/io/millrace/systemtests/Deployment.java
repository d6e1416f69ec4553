package io.millrace.systemtests;

import io.millrace.lambdaadapter.OtlpReceiver;
import io.millrace.launcher.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the services of a pipeline run, and where. */
interface Deployment extends AutoCloseable {

    /** Where AWS is. */
    URI endpoint();

    /** Where the orchestrator answers the Step Functions API, or will. */
    URI orchestrator();

    /** What receives the services' traces, if something does. */
    default Optional<OtlpReceiver> receiver() {
        return Optional.empty();
    }

    /** How long {@link #add} takes at most on a machine that is not too busy. */
    Duration startTime();

    /** Where a service listens. */
    URI service(Part part);

    /**
     * Starts a service with settings of its own, and waits until it is ready; it takes the place of
     * the one that runs, if one does.
     */
    void add(Part part, Map<String, String> own);

    /** The same, so that it can be killed. */
    void addKillable(Part part, Map<String, String> own);

    /** {@code kill -9}. */
    void kill(Part part);

    @Override
    void close();

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
