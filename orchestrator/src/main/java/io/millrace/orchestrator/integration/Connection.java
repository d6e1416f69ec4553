package io.millrace.orchestrator.integration;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an EventBridge connection adds to the requests of HTTP tasks.
 *
 * @param apiKeyName the header of an API key
 * @param username for basic authentication
 * @param headers further headers, which win over the task's
 * @param queryParameters further parameters, which win over the task's
 */
public record Connection(
        Optional<String> apiKeyName,
        Optional<String> apiKeyValue,
        Optional<String> username,
        Optional<String> password,
        Map<String, String> headers,
        Map<String, String> queryParameters) {

    private static final Pattern ARN =
            Pattern.compile("arn:[^:]+:events:[^:]*:[^:]*:connection/([^/]+)(?:/.*)?");

    public Connection {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        queryParameters = queryParameters == null ? Map.of() : Map.copyOf(queryParameters);
        if (apiKeyName.isPresent() != apiKeyValue.isPresent()
                || username.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "A connection has api-key-name with api-key-value, or username with password");
        }
    }

    /** The name in a connection's ARN. */
    static Optional<String> name(String arn) {
        var parts = ARN.matcher(arn);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }
}
