package io.millrace.lambdaadapter;

import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;

/** What a service answers over HTTP, for requests that API Gateway brings. */
@FunctionalInterface
public interface HttpEndpoint {

    /**
     * @param request its URI is the path alone
     * @return a body is written as JSON, unless it is bytes
     * @throws org.springframework.web.ErrorResponseException for problem details
     */
    ResponseEntity<?> answer(RequestEntity<byte[]> request);
}
