package io.millrace.localcloud.front;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Clients of the parts that listen on loopback ports of their own. */
public final class LoopbackClient {

    private LoopbackClient() {}

    /** A client that is yet to be started. */
    public static HttpClient named(String name) {
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(new NoTls());
        var client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setName(name);
        return client;
    }

    /** Reads no certificates, which would take a tenth of the start. */
    private static final class NoTls extends SslContextFactory.Client {
        @Override
        protected void doStart() {}
    }
}
