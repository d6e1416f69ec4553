package io.millrace.localcloud.topics;

import io.millrace.localcloud.aws.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How long to wait before each further attempt at an HTTP endpoint (Amazon SNS Developer Guide,
 * "Creating an HTTP/S delivery policy").
 *
 * @param contentType what the request says its body is
 */
record RetryPolicy(List<Duration> delays, String contentType) {

    static final String PLAIN = "text/plain; charset=UTF-8";
    private static final int MAX_DELAY = 3600;
    private static final int MAX_RETRIES = 100;

    RetryPolicy {
        delays = List.copyOf(delays);
    }

    /** The subscription's own policy, or else the topic's, or else three attempts 20 s apart. */
    static RetryPolicy of(Map<String, String> subscription, Map<String, String> topic) {
        var own = parsed(subscription);
        var inherited = parsed(topic).map(policy -> policy.path("http"));
        var retries =
                own.map(policy -> policy.path("healthyRetryPolicy"))
                        .filter(JsonNode::isObject)
                        .or(() -> inherited.map(policy -> policy.path("defaultHealthyRetryPolicy")))
                        .orElseGet(FilterPolicy.JSON::createObjectNode);
        var contentType =
                own.flatMap(RetryPolicy::contentType)
                        .or(() ->
                                inherited.flatMap(policy ->
                                        policy.at("/defaultRequestPolicy/headerContentType")
                                                .stringValueOpt()))
                        .orElse(PLAIN);
        return new RetryPolicy(delays(retries), contentType);
    }

    private static Optional<String> contentType(JsonNode policy) {
        return policy.at("/requestPolicy/headerContentType").stringValueOpt();
    }

    private static Optional<JsonNode> parsed(Map<String, String> attributes) {
        try {
            return Optional.ofNullable(attributes.get("DeliveryPolicy"))
                    .filter(text -> !text.isBlank())
                    .map(FilterPolicy.JSON::readTree);
        } catch (JacksonException e) {
            throw invalid("no JSON: " + e.getOriginalMessage());
        }
    }

    private static List<Duration> delays(JsonNode policy) {
        var min = number(policy, "minDelayTarget", 20, 1, MAX_DELAY);
        var max = number(policy, "maxDelayTarget", Math.max(20, min), min, MAX_DELAY);
        var retries = number(policy, "numRetries", 3, 0, MAX_RETRIES);
        var atOnce = number(policy, "numNoDelayRetries", 0, 0, retries);
        var atMin = number(policy, "numMinDelayRetries", 0, 0, retries);
        var atMax = number(policy, "numMaxDelayRetries", 0, 0, retries);
        var between = retries - atOnce - atMin - atMax;
        if (between < 0) {
            throw invalid("numRetries is less than the retries of its phases");
        }
        var growth = policy.path("backoffFunction").asString("linear");
        var delays = new ArrayList<Duration>();
        addTimes(delays, atOnce, 0);
        addTimes(delays, atMin, min);
        for (var i = 0; i < between; i++) {
            var share = between == 1 ? 0 : (double) i / (between - 1);
            delays.add(Duration.ofMillis(Math.round(1000 * delay(growth, min, max, share))));
        }
        addTimes(delays, atMax, max);
        return delays;
    }

    private static void addTimes(List<Duration> delays, int times, int seconds) {
        for (var i = 0; i < times; i++) {
            delays.add(Duration.ofSeconds(seconds));
        }
    }

    private static double delay(String growth, int min, int max, double share) {
        return switch (growth) {
            case "linear" -> min + (max - min) * share;
            case "arithmetic" -> min + (max - min) * share * share;
            case "geometric", "exponential" -> min * Math.pow((double) max / min, share);
            default -> throw invalid("backoffFunction: " + growth);
        };
    }

    private static int number(JsonNode policy, String name, int standard, int least, int most) {
        var value = policy.path(name);
        if (value.isMissingNode()) {
            return standard;
        }
        if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
            throw invalid("%s has to be from %d to %d, not %s".formatted(name, least, most, value));
        }
        return value.asInt();
    }

    private static AwsError invalid(String why) {
        return AwsError.badRequest("InvalidParameter", "Invalid parameter: DeliveryPolicy: " + why);
    }
}
