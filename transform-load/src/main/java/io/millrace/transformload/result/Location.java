package io.millrace.transformload.result;

/**
 * Where an object lies.
 *
 * @param bucket the bucket's name
 * @param key the object's key
 */
public record Location(String bucket, String key) {

    private static final String SCHEME = "s3://";

    /** The location that an {@code s3://} address names. */
    public static Location parse(String address) {
        var slash = address.indexOf('/', SCHEME.length());
        if (!address.startsWith(SCHEME) || slash < 0) {
            throw new IllegalArgumentException("%s is no s3://bucket/key".formatted(address));
        }
        return new Location(
                address.substring(SCHEME.length(), slash), address.substring(slash + 1));
    }

    /** The {@code s3://} address. */
    public String address() {
        return SCHEME + bucket + "/" + key;
    }
}
