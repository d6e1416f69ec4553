package io.millrace.localcloud.front;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;

/**
 * Passes requests to a part with an HTTP port of its own. Bodies stream both ways, and a waiting
 * request (long polls wait 20 s) holds no thread.
 */
public final class Upstream extends ProxyHandler.Reverse {

    // Pollers of many queues wait at the same time, each on a connection.
    private static final int CONNECTIONS = 8192;
    // Shorter than what the parts keep an idle connection for, so none is used as it closes.
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(25);

    private final String name;
    private final Duration patience;

    /**
     * @param base where the part listens, asked at each request
     * @param patience how long the part may take without sending a byte
     */
    public Upstream(String name, Supplier<URI> base, Duration patience) {
        super(request -> rewrite(request, base.get()));
        this.name = name;
        this.patience = patience;
        setUseServerThreadPool(true);
    }

    private static HttpURI rewrite(Request request, URI base) {
        return HttpURI.build(request.getHttpURI())
                .scheme(base.getScheme())
                .host(base.getHost())
                .port(base.getPort())
                .asImmutable();
    }

    @Override
    protected HttpClient newHttpClient() {
        var client = LoopbackClient.named("to-" + name);
        client.setUserAgentField(null);
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(CONNECTIONS);
        client.setIdleTimeout(IDLE_CONNECTION.toMillis());
        return client;
    }

    @Override
    protected org.eclipse.jetty.client.Request newProxyToServerRequest(
            Request clientToProxyRequest, HttpURI newHttpURI) {
        return super.newProxyToServerRequest(clientToProxyRequest, newHttpURI)
                .idleTimeout(patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    /** Parts build addresses from Host alone; forwarding headers would only confuse signatures. */
    @Override
    protected void addProxyHeaders(
            Request clientToProxyRequest, org.eclipse.jetty.client.Request proxyToServerRequest) {}
}
