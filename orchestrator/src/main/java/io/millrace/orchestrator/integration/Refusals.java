package io.millrace.orchestrator.integration;

import io.millrace.stateslanguage.error.StateError;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** How Step Functions tells of a service's refusal. */
sealed interface Refusals {

    /** What the names of the service's errors begin with. */
    String prefix();

    StateError error(AwsServiceException refusal);

    /** As the AWS SDK for Java 2 tells of it: that is behind {@code aws-sdk} integrations. */
    record OfSdk(String prefix) implements Refusals {
        @Override
        public StateError error(AwsServiceException refusal) {
            return StateError.of(
                    "%s.%s".formatted(prefix, exception(refusal)),
                    "%s (Service: %s, Status Code: %d, Request ID: %s%s)"
                            .formatted(
                                    message(refusal),
                                    prefix,
                                    refusal.statusCode(),
                                    requestId(refusal),
                                    Optional.ofNullable(refusal.extendedRequestId())
                                            .map(", Extended Request ID: "::concat)
                                            .orElse("")));
        }
    }

    /**
     * As the AWS SDK for Java 1 tells of it: that is behind the optimised integrations.
     *
     * @param service what that SDK calls the service
     */
    record Optimised(String prefix, String service) implements Refusals {
        @Override
        public StateError error(AwsServiceException refusal) {
            return StateError.of(
                    "%s.%s".formatted(prefix, exception(refusal, service)),
                    "%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
                            .formatted(
                                    message(refusal),
                                    service,
                                    refusal.statusCode(),
                                    code(refusal).orElse(""),
                                    requestId(refusal)));
        }
    }

    /** Modelled errors have classes of their own. */
    private static boolean isModelled(AwsServiceException refusal) {
        return refusal.getClass().getSuperclass() != AwsServiceException.class;
    }

    private static String exception(AwsServiceException refusal) {
        return withSuffix(refusal.getClass().getSimpleName());
    }

    private static String exception(AwsServiceException refusal, String service) {
        if (isModelled(refusal)) {
            return exception(refusal);
        }
        // DynamoDB's own name for its other errors has no version.
        return service.equals("AmazonDynamoDBv2")
                ? "AmazonDynamoDBException"
                : code(refusal).map(Refusals::withSuffix).orElseGet(() -> exception(refusal));
    }

    private static String withSuffix(String name) {
        return name.endsWith("Exception") ? name : name + "Exception";
    }

    private static Optional<AwsErrorDetails> details(AwsServiceException refusal) {
        return Optional.ofNullable(refusal.awsErrorDetails());
    }

    private static Optional<String> code(AwsServiceException refusal) {
        return details(refusal).map(AwsErrorDetails::errorCode);
    }

    private static String message(AwsServiceException refusal) {
        return details(refusal)
                .map(AwsErrorDetails::errorMessage)
                .orElse(String.valueOf(refusal.getMessage()));
    }

    private static String requestId(AwsServiceException refusal) {
        return Optional.ofNullable(refusal.requestId()).orElse("");
    }
}
