package io.millrace.orchestrator.authentication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * What the header {@code Authorization} of a signed request says.
 *
 * @param scope date, region, service and {@code aws4_request}
 * @param signature in hexadecimal digits
 */
record SignatureClaim(
        String accessKeyId,
        String scope,
        String date,
        String service,
        List<String> signedHeaders,
        String signature) {

    /** An access key id may hold slashes. */
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "(?<key>.+)/(?<scope>(?<date>[^/]+)/[^/]+/(?<service>[^/]+)/aws4_request)");

    SignatureClaim {
        signedHeaders = List.copyOf(signedHeaders);
    }

    static SignatureClaim of(HttpHeaders headers) {
        var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.startsWith(SignatureV4.ALGORITHM)) {
            throw NotAuthenticated.missing();
        }
        var parts = parts(authorization.substring(SignatureV4.ALGORITHM.length()));
        var missing =
                Stream.of("Credential", "Signature", "SignedHeaders")
                        .filter(name -> !parts.containsKey(name))
                        .map("Authorization header requires '%s' parameter."::formatted)
                        .collect(Collectors.joining(" "));
        if (!missing.isEmpty()) {
            throw NotAuthenticated.incomplete(missing);
        }
        return of(
                parts.getOrDefault("Credential", ""),
                List.of(parts.getOrDefault("SignedHeaders", "").split(";")),
                parts.getOrDefault("Signature", ""));
    }

    private static SignatureClaim of(
            String credential, List<String> signedHeaders, String signature) {
        var parsed = CREDENTIAL.matcher(credential);
        if (!parsed.matches()) {
            throw NotAuthenticated.incomplete(
                    "Credential must have at least 5 elements, and end with 'aws4_request'.");
        }
        return new SignatureClaim(
                parsed.group("key"),
                parsed.group("scope"),
                parsed.group("date"),
                parsed.group("service"),
                signedHeaders,
                signature);
    }

    private static Map<String, String> parts(String text) {
        var parts = new HashMap<String, String>();
        for (var part : text.split("[, ]+")) {
            var name = part.split("=", 2);
            if (name.length == 2) {
                parts.put(name[0], name[1]);
            }
        }
        return parts;
    }
}
