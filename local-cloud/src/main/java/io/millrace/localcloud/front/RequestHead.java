package io.millrace.localcloud.front;

import java.util.Map;
import java.util.Optional;

/**
 * What of a request tells which service it is for.
 *
 * @param path the path as it was sent, still encoded
 * @param query the query's parameters, decoded, the first value of each
 */
record RequestHead(
        String method,
        String host,
        String path,
        Optional<String> authorization,
        Optional<String> target,
        Optional<String> contentType,
        Map<String, String> query) {

    RequestHead {
        query = Map.copyOf(query);
    }

    boolean isForm() {
        return contentType
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
    }

    boolean isPost() {
        return method.equals("POST");
    }
}
