package io.millrace.localcloud.queues;

/**
 * A typed value beside a message's body.
 *
 * @param type {@code String}, {@code Number} or {@code Binary}, with a label or without
 * @param value the value, Base64 if the type is {@code Binary}
 */
public record MessageAttribute(String type, String value) {

    public boolean isBinary() {
        return type.startsWith("Binary");
    }
}
