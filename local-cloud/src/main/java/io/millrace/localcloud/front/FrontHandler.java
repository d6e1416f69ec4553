package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.AwsService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to its service's handler and turns refusals into AWS's errors. */
final class FrontHandler extends Handler.Sequence {

    private static final Logger log = LoggerFactory.getLogger("io.millrace.localcloud.requests");

    private final Map<AwsService, Handler> services;
    private final HealthPage health;

    FrontHandler(Map<AwsService, Handler> services, HealthPage health) {
        super(List.copyOf(services.values()));
        this.services = Map.copyOf(services);
        this.health = health;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var head = head(request);
        var destination = ServiceRouter.destination(head);
        if (log.isDebugEnabled()) {
            logWhenDone(request, response, head, destination);
        }
        try {
            return pass(destination, request, response, callback);
        } catch (AwsError error) {
            Answers.error(response, callback, Wire.of(head, destination), error);
        } catch (Exception e) {
            log.error("{} {} failed", head.method(), head.path(), e);
            var error = AwsError.of(500, "InternalFailure", String.valueOf(e.getMessage()));
            Answers.error(response, callback, Wire.of(head, destination), error);
        }
        return true;
    }

    private boolean pass(
            Destination destination, Request request, Response response, Callback callback)
            throws Exception {
        return switch (destination) {
            case Destination.Known(var service) -> to(service).handle(request, response, callback);
            case Destination.Unknown(var name) ->
                    throw AwsError.notImplemented(
                            "local-cloud has no %s; it answers %s"
                                    .formatted(name, services.keySet()));
            case Destination.OwnPage(var path) -> {
                if (!path.equals(HealthPage.PATH)) {
                    throw AwsError.notFound("NotFound", "there is " + HealthPage.PATH);
                }
                health.answer(response, callback);
                yield true;
            }
            case Destination.InForm() -> {
                var form = new BufferedRequest(request);
                var fields = new Fields();
                UrlEncoded.decodeUtf8To(form.text(), fields);
                var action = Optional.ofNullable(fields.getValue("Action")).orElse("");
                yield pass(ServiceRouter.byAction(action), form, response, callback);
            }
        };
    }

    private Handler to(AwsService service) {
        return Optional.ofNullable(services.get(service))
                .orElseThrow(() -> AwsError.notImplemented(service + " is not served"));
    }

    private static RequestHead head(Request request) {
        var uri = request.getHttpURI();
        var headers = request.getHeaders();
        var query = new HashMap<String, String>();
        if (uri.getQuery() != null) {
            Request.extractQueryParameters(request, StandardCharsets.UTF_8)
                    .forEach(field -> query.put(field.getName(), field.getValue()));
        }
        return new RequestHead(
                request.getMethod(),
                Optional.ofNullable(headers.get(HttpHeader.HOST)).orElse(""),
                Optional.ofNullable(uri.getPath()).orElse("/"),
                Optional.ofNullable(headers.get(HttpHeader.AUTHORIZATION)),
                Optional.ofNullable(headers.get("X-Amz-Target")),
                Optional.ofNullable(headers.get(HttpHeader.CONTENT_TYPE)),
                query);
    }

    private static void logWhenDone(
            Request request, Response response, RequestHead head, Destination destination) {
        var begun = System.nanoTime();
        Request.addCompletionListener(
                request,
                failure ->
                        log.debug(
                                "{} {} {} {} {} in {} ms{}",
                                destination,
                                head.method(),
                                head.path(),
                                head.target().orElse(""),
                                response.getStatus(),
                                (System.nanoTime() - begun) / 1_000_000,
                                failure == null ? "" : ": " + failure));
    }

    /** A request whose body was read and can be read again. */
    private static final class BufferedRequest extends Request.Wrapper {
        private static final int LIMIT = 2 * 1024 * 1024;
        private final byte[] body;
        private final Content.Source again;

        BufferedRequest(Request request) throws IOException {
            super(request);
            body = Content.Source.asInputStream(request).readNBytes(LIMIT);
            again = Content.Source.from(java.nio.ByteBuffer.wrap(body));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public Content.Chunk read() {
            return again.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            again.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            again.fail(failure);
        }

        @Override
        public long getLength() {
            return body.length;
        }
    }
}
