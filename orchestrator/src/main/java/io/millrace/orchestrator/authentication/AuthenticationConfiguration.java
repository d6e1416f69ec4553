package io.millrace.orchestrator.authentication;

import io.millrace.orchestrator.authentication.AuthenticationProperties.Jwt;
import io.millrace.servicestarter.StepFunctionsKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {

    @Bean
    @Profile("lambda")
    Authentication checkedByApiGateway() {
        return _ -> {};
    }

    @Bean
    @Profile("!lambda")
    Authentication authentication(
            AuthenticationProperties properties,
            StepFunctionsKey own,
            ServerProperties server,
            Clock clock) {
        var secrets = secrets(properties, own);
        var issued = Optional.ofNullable(properties.jwt());
        if (secrets.isEmpty() && issued.isEmpty()) {
            checkLoopback(server);
            return _ -> {};
        }
        var signatures = new SignatureV4(secrets, clock);
        var tokens = issued.map(jwt -> new BearerTokens(decoder(jwt, clock)));
        return request ->
                tokens.filter(_ -> BearerTokens.isIn(request))
                        .map(Authentication.class::cast)
                        .orElse(signatures)
                        .check(request);
    }

    private static Map<String, String> secrets(
            AuthenticationProperties properties, StepFunctionsKey own) {
        var secrets = new HashMap<String, String>();
        own.accessKeyId().ifPresent(id -> secrets.put(id, own.secretAccessKey()));
        for (var key : properties.sigv4()) {
            if (secrets.put(key.accessKeyId(), key.secretAccessKey()) != null) {
                throw new IllegalArgumentException(
                        "The access key id %s is set twice: in millrace.orchestrator.authentication.sigv4, or there and in millrace.step-functions"
                                .formatted(key.accessKeyId()));
            }
        }
        return secrets;
    }

    private static void checkLoopback(ServerProperties server) {
        var address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new UnprotectedApi(address == null ? "all addresses" : address.getHostAddress());
        }
    }

    /** The issuer is asked when the first token comes: it may start later than this. */
    private static JwtDecoder decoder(Jwt jwt, Clock clock) {
        return new SupplierJwtDecoder(() ->
                decoder(
                        jwt.jwkSetUri()
                                .map(uri -> NimbusJwtDecoder.withJwkSetUri(uri.toString()))
                                .orElseGet(() ->
                                        NimbusJwtDecoder.withIssuerLocation(
                                                jwt.issuerUri().toString())),
                        jwt,
                        clock));
    }

    private static JwtDecoder decoder(
            NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder keys, Jwt jwt, Clock clock) {
        var time = new JwtTimestampValidator();
        time.setClock(clock);
        time.setAllowEmptyExpiryClaim(false);
        var type = new JwtTypeValidator("JWT", "at+jwt");
        type.setAllowEmpty(true);
        var decoder = keys.discoverJwsAlgorithms().validateType(false).build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        time,
                        type,
                        new JwtIssuerValidator(jwt.issuerUri().toString()),
                        new JwtAudienceValidator(jwt.audience())));
        return decoder;
    }
}
