package io.millrace.orchestrator.authentication;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what is to be set, instead of a stack trace. */
final class UnprotectedApiAnalyzer extends AbstractFailureAnalyzer<UnprotectedApi> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnprotectedApi cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                """
                Set one of
                  millrace.orchestrator.authentication.sigv4[0].access-key-id and .secret-access-key: a key with which AWS SDKs and the AWS CLI sign
                  millrace.orchestrator.authentication.jwt.issuer-uri and .audience: whose bearer tokens are taken, and for whom they have to be
                or listen on this machine alone: server.address=127.0.0.1\
                """,
                cause);
    }
}
