package io.millrace.orchestrator.activity;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items. */
final class Items {

    private Items() {}

    static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .orElseThrow(() -> new IllegalStateException("An item has no " + name));
    }

    static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }
}
