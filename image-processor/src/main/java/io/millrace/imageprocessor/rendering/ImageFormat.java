package io.millrace.imageprocessor.rendering;

import java.util.Optional;

/** Formats that are read and written. */
public enum ImageFormat {
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png", "png"),
    GIF("image/gif", "gif", "gif"),
    WEBP("image/webp", "webp", "webp");

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
    static Optional<ImageFormat> of(byte[] image) {
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
