package io.millrace.webhookhandler;

import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.events.Event;
import io.millrace.events.StartExecution;
import io.millrace.webhookhandler.signature.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
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
    private final Taken taken;
    private final int maxBody;

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
        this.taken = new Taken(properties.tolerance(), Ticker.systemTicker());
        this.maxBody = Math.toIntExact(properties.maxBodySize().toBytes());
    }

    /**
     * What the sender learns.
     *
     * @param webhookId its own id of the message
     * @param executionArn the execution that the message starts, now or before
     */
    record Accepted(String webhookId, String executionArn) {}

    /** The body of a request, which is not read before it is known to be wanted. */
    @FunctionalInterface
    interface Body {
        /** The body, or as much of it as that. */
        byte[] read(int most) throws IOException;
    }

    /**
     * Takes a webhook.
     *
     * @throws Problem if it is not taken, with what its sender is told
     */
    Accepted accept(String source, HttpHeaders headers, Body content) throws IOException {
        var sender = sources.sender(source).orElseThrow(() -> Problem.unknownSource(source));
        var body = body(headers, content);
        var genuine =
                switch (sender.scheme()
                        .verify(name -> Optional.ofNullable(headers.getFirst(name)), body)) {
                    case Verdict.Genuine verdict -> verdict;
                    case Verdict.Malformed(var reason) -> throw Problem.malformed(reason);
                    case Verdict.Refused(var reason) -> throw Problem.refused(reason);
                };
        var webhook =
                new Webhook(source, genuine.id(), genuine.type(), clock.instant(), tree(body));
        if (isNew(webhook, body)) {
            // What nobody has signed takes nothing from who signs.
            sender.limit()
                    .count()
                    .ifPresent(wait -> {
                        throw Problem.tooMany(wait);
                    });
            queue(webhook);
            taken.took(webhook.eventId(), body);
        }
        return new Accepted(webhook.id(), arns.of(webhook.executionName()));
    }

    private boolean isNew(Webhook webhook, String body) {
        var same = taken.withBody(webhook.eventId(), body);
        if (same.filter(known -> !known).isPresent()) {
            throw Problem.otherBody(webhook.id());
        }
        return same.isEmpty();
    }

    private void queue(Webhook webhook) {
        try {
            bridge.send(BINDING, plan.apply(webhook));
        } catch (MessagingException e) {
            log.error("webhook {} could not be queued", webhook.eventId(), e);
            throw Problem.unavailable();
        }
    }

    private String body(HttpHeaders headers, Body content) throws IOException {
        if (!isJson(headers.getFirst(HttpHeaders.CONTENT_TYPE))) {
            throw Problem.notJson();
        }
        if (headers.getContentLength() > maxBody) {
            throw Problem.tooLarge(maxBody);
        }
        var bytes = content.read(maxBody + 1);
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
