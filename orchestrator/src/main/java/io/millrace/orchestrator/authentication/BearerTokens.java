package io.millrace.orchestrator.authentication;

import org.springframework.http.HttpHeaders;
import org.springframework.http.RequestEntity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** JSON Web Tokens of an OpenID Connect or OAuth 2.0 issuer (RFC 6750, section 2.1). */
final class BearerTokens implements Authentication {

    private static final String SCHEME = "Bearer ";

    private final JwtDecoder decoder;

    BearerTokens(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    static boolean isIn(RequestEntity<byte[]> request) {
        var authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    @Override
    public void check(RequestEntity<byte[]> request) {
        if (!isIn(request)) {
            throw NotAuthenticated.missing();
        }
        var authorization =
                String.valueOf(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
        try {
            decoder.decode(authorization.substring(SCHEME.length()).strip());
        } catch (BadJwtException e) {
            throw NotAuthenticated.token(String.valueOf(e.getMessage()));
        }
    }
}
