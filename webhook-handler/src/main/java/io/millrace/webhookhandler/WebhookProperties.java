package io.millrace.webhookhandler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of webhook-handler.
 *
 * @param sources who may send, by the name in the path
 * @param tolerance how far a message's timestamp may be from now
 * @param maxBodySize the longest body that is read
 * @param stateMachine the name of the state machine that is started
 */
@ConfigurationProperties("millrace.webhook")
record WebhookProperties(
        @DefaultValue Map<String, Source> sources,
        @DefaultValue("5m") Duration tolerance,
        @DefaultValue("200KB") DataSize maxBodySize,
        @DefaultValue("webhook") String stateMachine) {

    /**
     * A sender.
     *
     * @param secrets its signing secrets, {@code whsec_…}; several while one replaces another
     */
    record Source(List<String> secrets) {}
}
