package io.millrace.webhookhandler.signature;

import java.util.HexFormat;
import java.util.Optional;

/** Bytes as senders write them in headers. */
final class Hex {

    private Hex() {}

    /** Empty if the text is none. */
    static Optional<byte[]> parse(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
