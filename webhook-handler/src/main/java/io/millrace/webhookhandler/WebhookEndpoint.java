package io.millrace.webhookhandler;

import io.millrace.lambdaadapter.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** {@code POST /webhooks/{source}}, from API Gateway. */
@Component
@Profile("lambda")
class WebhookEndpoint implements HttpEndpoint {

    private static final String PATH = "/webhooks/";

    private final Reception reception;

    WebhookEndpoint(Reception reception) {
        this.reception = reception;
    }

    @Override
    public ResponseEntity<?> answer(RequestEntity<byte[]> request) {
        var path = request.getUrl().getPath();
        if (!path.startsWith(PATH) || !HttpMethod.POST.equals(request.getMethod())) {
            return ResponseEntity.notFound().build();
        }
        var body = Optional.ofNullable(request.getBody()).orElseGet(() -> new byte[0]);
        try {
            return ResponseEntity.accepted()
                    .body(
                            reception.accept(
                                    path.substring(PATH.length()),
                                    request.getHeaders(),
                                    _ -> body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
