package io.millrace.imageprocessor.rendering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Formats that are read and written. */
public enum ImageFormat {
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png", "png"),
    GIF("image/gif", "gif", "gif"),
    WEBP("image/webp", "webp", "webp"),
    AVIF("image/avif", "avif", "avif"),
    HEIC("image/heic", "heic", "heic");

    /** The brands of ISO 23000-22 and of MIAF that phones write; others are no photographs. */
    private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis");

    private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");

    /** How many bytes tell the format. */
    public static final int HEAD = 64;

    private final String mediaType;
    private final String extension;
    private final String imageIoName;

    ImageFormat(String mediaType, String extension, String imageIoName) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.imageIoName = imageIoName;
    }

    public String mediaType() {
        return mediaType;
    }

    public String extension() {
        return extension;
    }

    String imageIoName() {
        return imageIoName;
    }

    /** The format that the first bytes tell, whatever the object's name or declared type says. */
    public static Optional<ImageFormat> of(byte[] image) {
        if (starts(image, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (starts(image, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Optional.of(PNG);
        }
        if (starts(image, 0, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        }
        if (starts(image, 0, 'R', 'I', 'F', 'F') && starts(image, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        return starts(image, 4, 'f', 't', 'y', 'p') ? ofBrands(image) : Optional.empty();
    }

    /**
     * A file of ISO 14496-12 names in its first box what it is: a major brand and compatible ones.
     */
    private static Optional<ImageFormat> ofBrands(byte[] image) {
        var length = ByteBuffer.wrap(image).getInt(0);
        for (var at = 8; at + 4 <= Math.min(Math.min(length, image.length), HEAD); at += 4) {
            var brand = new String(image, at, 4, StandardCharsets.ISO_8859_1);
            if (HEIC_BRANDS.contains(brand)) {
                return Optional.of(HEIC);
            }
            if (AVIF_BRANDS.contains(brand)) {
                return Optional.of(AVIF);
            }
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] image, int at, int... magic) {
        if (image.length < at + magic.length) {
            return false;
        }
        for (var index = 0; index < magic.length; index++) {
            if ((image[at + index] & 0xFF) != magic[index]) {
                return false;
            }
        }
        return true;
    }
}
