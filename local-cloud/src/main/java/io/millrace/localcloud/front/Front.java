package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server behind the one port. It has its port early and answers once it serves. */
public final class Front implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int HEADER_BYTES = 64 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(75);

    private final ServerSocketChannel port;
    private final String bind;
    private Optional<Server> server = Optional.empty();

    private Front(ServerSocketChannel port, String bind) {
        this.port = port;
        this.bind = bind;
    }

    /**
     * Takes the port.
     *
     * @param port 0 for any that is free
     * @throws IllegalStateException if the port cannot be had
     */
    public static Front open(String bind, int port) {
        try {
            var channel = ServerSocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(bind, port), BACKLOG);
                return new Front(channel, bind);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d of %s cannot be had (%s): stop what uses it or choose another port"
                            .formatted(port, bind, e.getMessage()),
                    e);
        }
    }

    /** Starts answering: each service by its handler, and what the health page says. */
    public void serve(Map<AwsService, Handler> services, HealthPage health) {
        // Platform threads: while contexts start beside it, class loading can pin the carriers of
        // virtual ones, and the front would starve. Waiting requests hold no thread here anyway.
        var threads = new QueuedThreadPool(200, 8);
        threads.setName("local-cloud");
        var started = new Server(threads);
        var connector = new ServerConnector(started, 1, 1, new HttpConnectionFactory(protocol()));
        connector.setIdleTimeout(IDLE.toMillis());
        started.addConnector(connector);
        started.setHandler(new FrontHandler(services, health));
        try {
            connector.open(port);
            started.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP front does not start", e);
        }
        server = Optional.of(started);
    }

    private static HttpConfiguration protocol() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setResponseHeaderSize(HEADER_BYTES);
        // Object keys are any text: what a file server had better refuse is a key here.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setHttpCompliance(HttpCompliance.LEGACY);
        return configuration;
    }

    /** Where clients reach it. */
    public URI endpoint() {
        var host = bind.equals("0.0.0.0") || bind.equals("127.0.0.1") ? "localhost" : bind;
        return URI.create("http://" + host + ":" + port.socket().getLocalPort());
    }

    @Override
    public void close() {
        try {
            if (server.isPresent()) {
                server.get().stop();
            }
            port.close();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP front does not stop", e);
        }
    }
}
