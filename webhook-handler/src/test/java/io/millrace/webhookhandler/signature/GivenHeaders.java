package io.millrace.webhookhandler.signature;

import java.util.HashMap;
import java.util.Optional;

final class GivenHeaders {

    private GivenHeaders() {}

    /** Names and values in turn; a header whose value is null is absent. */
    static SignatureScheme.Headers of(String... namesAndValues) {
        var headers = new HashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return name -> Optional.ofNullable(headers.get(name));
    }
}
