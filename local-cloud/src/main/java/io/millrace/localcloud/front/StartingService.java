package io.millrace.localcloud.front;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A service that may still be starting: its requests wait until it is there. */
public final class StartingService extends Handler.Abstract {

    private final CompletableFuture<? extends Handler> service;

    public StartingService(CompletableFuture<? extends Handler> service) {
        this.service = service;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return started(service.join()).handle(request, response, callback);
    }

    private synchronized Handler started(Handler handler) {
        if (!handler.isRunning()) {
            handler.setServer(getServer());
            addManaged(handler);
        }
        return handler;
    }
}
