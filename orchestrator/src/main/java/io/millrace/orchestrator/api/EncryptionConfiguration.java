package io.millrace.orchestrator.api;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's {@code encryptionConfiguration}. Who keeps the tables and buckets encrypts them; a key
 * that would not be used is refused.
 */
final class EncryptionConfiguration {

    private static final String NONE = "AWS_OWNED_KEY";
    private static final String CUSTOMERS = "CUSTOMER_MANAGED_KMS_KEY";
    private static final Set<String> TYPES = Set.of(NONE, CUSTOMERS);

    private EncryptionConfiguration() {}

    /**
     * Refuses what cannot be had.
     *
     * @return whether the request says anything of it
     */
    static boolean check(Request request) {
        var configuration = request.object("encryptionConfiguration");
        configuration.ifPresent(EncryptionConfiguration::check);
        return configuration.isPresent();
    }

    private static void check(JsonNode configuration) {
        var type = configuration.path("type").asString("null");
        if (!TYPES.contains(type)) {
            throw Request.constraint(
                    "encryptionConfiguration.type",
                    type,
                    type.equals("null")
                            ? "Member must not be null"
                            : "Member must satisfy enum value set: [CUSTOMER_MANAGED_KMS_KEY, AWS_OWNED_KEY]");
        }
        var period = configuration.path("kmsDataKeyReusePeriodSeconds");
        if (period.isNumber() && (period.asInt() < 60 || period.asInt() > 900)) {
            throw invalid("kmsDataKeyReusePeriodSeconds must be between 60 and 900");
        }
        if (type.equals(CUSTOMERS)) {
            throw configuration.path("kmsKeyId").asString("").isEmpty()
                    ? invalid("kmsKeyId is required for the type " + CUSTOMERS)
                    : invalid(
                            "Millrace encrypts with no key of its own: set the key on the DynamoDB tables and the S3 bucket, and leave "
                                    + CUSTOMERS
                                    + " away");
        }
    }

    private static ApiError invalid(String reason) {
        return ApiError.invalidEncryption("Invalid Encryption Configuration: " + reason);
    }

    static ObjectNode view() {
        return Json.object().put("type", NONE);
    }
}
