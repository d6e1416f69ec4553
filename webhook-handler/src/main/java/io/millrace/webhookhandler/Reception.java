package io.millrace.webhookhandler;

import io.millrace.events.Event;
import io.millrace.events.StartExecution;
import io.millrace.webhookhandler.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.messaging.MessagingException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a webhook, queues it, and only then says so. */
@Component
class Reception {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);
    private static final String BINDING = "starts-out-0";

    private final Sources sources;
    private final Function<Webhook, Event<StartExecution>> plan;
    private final ExecutionArns arns;
    private final StreamBridge bridge;
    private final JsonMapper json;
    private final InstantSource clock;
    private final long maxBody;

    Reception(
            Sources sources,
            Function<Webhook, Event<StartExecution>> webhookReceived,
            ExecutionArns arns,
            StreamBridge bridge,
            JsonMapper json,
            Clock clock,
            WebhookProperties properties) {
        this.sources = sources;
        this.plan = webhookReceived;
        this.arns = arns;
        this.bridge = bridge;
        this.json = json;
        this.clock = clock;
        this.maxBody = properties.maxBodySize().toBytes();
    }

    /**
     * What the sender learns.
     *
     * @param webhookId its own id of the message
     * @param executionArn the execution that the message starts, now or before
     */
    record Accepted(String webhookId, String executionArn) {}

    /** The longest body that is taken, in bytes. */
    int maxBody() {
        return Math.toIntExact(maxBody);
    }

    /**
     * Takes a webhook.
     *
     * @param bytes its body, or more of it than is taken
     * @throws Problem if it is not taken, with what its sender is told
     */
    Accepted accept(String source, HttpHeaders headers, byte[] bytes) {
        var verifier = sources.verifier(source).orElseThrow(() -> Problem.unknownSource(source));
        var body = body(headers, bytes);
        var given = headers.getFirst("webhook-id");
        switch (verifier.verify(
                given,
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body)) {
            case Verdict.Genuine _ -> {}
            case Verdict.Malformed(var reason) -> throw Problem.malformed(reason);
            case Verdict.Refused(var reason) -> throw Problem.refused(reason);
        }
        var id = Objects.requireNonNull(given, "a genuine webhook has an id");
        var webhook = new Webhook(source, id, clock.instant(), tree(body));
        queue(webhook);
        return new Accepted(id, arns.of(webhook.executionName()));
    }

    private void queue(Webhook webhook) {
        try {
            bridge.send(BINDING, plan.apply(webhook));
        } catch (MessagingException e) {
            log.error("webhook {} could not be queued", webhook.eventId(), e);
            throw Problem.unavailable();
        }
    }

    private String body(HttpHeaders headers, byte[] bytes) {
        if (!isJson(headers.getFirst(HttpHeaders.CONTENT_TYPE))) {
            throw Problem.notJson();
        }
        if (bytes.length > maxBody) {
            throw Problem.tooLarge(maxBody);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.isCompatibleWith(
                            MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private JsonNode tree(String body) {
        try {
            var tree = json.readTree(body);
            if (tree.isMissingNode()) {
                throw Problem.malformed("the body is empty");
            }
            return tree;
        } catch (JacksonException e) {
            throw Problem.malformed("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
