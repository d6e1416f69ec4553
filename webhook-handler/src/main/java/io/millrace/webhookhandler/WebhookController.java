package io.millrace.webhookhandler;

import io.millrace.webhookhandler.Reception.Accepted;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /webhooks/{source}}. */
@RestController
class WebhookController {

    private final Reception reception;

    WebhookController(Reception reception) {
        this.reception = reception;
    }

    @PostMapping("/webhooks/{source}")
    ResponseEntity<Accepted> receive(@PathVariable String source, HttpServletRequest request)
            throws IOException {
        var headers = new ServletServerHttpRequest(request).getHeaders();
        return ResponseEntity.accepted()
                .body(
                        reception.accept(
                                source,
                                headers,
                                most -> request.getInputStream().readNBytes(most)));
    }
}
