package io.millrace.localcloud.topics;

import java.net.InetAddress;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The addresses of a CIDR block, as filter policies name them. */
final class AddressRange implements Predicate<JsonNode> {

    private final byte[] network;
    private final int bits;

    AddressRange(String block) {
        var parts = block.split("/", 2);
        if (parts.length < 2 || !parts[1].matches("\\d{1,3}")) {
            throw FilterPolicy.invalid("Malformed CIDR, one '/' required");
        }
        try {
            network = InetAddress.ofLiteral(parts[0]).getAddress();
        } catch (IllegalArgumentException e) {
            throw FilterPolicy.invalid("Malformed CIDR, no address: " + parts[0]);
        }
        bits = Integer.parseInt(parts[1]);
        if (bits > network.length * 8) {
            throw FilterPolicy.invalid("Malformed CIDR, mask bits are too many: " + parts[1]);
        }
    }

    @Override
    public boolean test(JsonNode value) {
        byte[] address;
        try {
            address = InetAddress.ofLiteral(value.asString("")).getAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (address.length != network.length) {
            return false;
        }
        for (var bit = 0; bit < bits; bit++) {
            var mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
