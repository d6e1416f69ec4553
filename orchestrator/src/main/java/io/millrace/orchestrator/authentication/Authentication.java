package io.millrace.orchestrator.authentication;

import org.springframework.http.RequestEntity;

/** Checks that a request comes from somebody who may call. */
@FunctionalInterface
public interface Authentication {

    /**
     * @throws NotAuthenticated if it does not
     */
    void check(RequestEntity<byte[]> request);
}
