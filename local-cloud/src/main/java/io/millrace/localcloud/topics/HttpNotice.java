package io.millrace.localcloud.topics;

import java.net.URI;
import java.util.Map;

/** A request to an HTTP endpoint: its headers are SNS's, its body JSON or the message as it is. */
record HttpNotice(URI to, Map<String, String> headers, String body) {

    HttpNotice {
        headers = Map.copyOf(headers);
    }
}
