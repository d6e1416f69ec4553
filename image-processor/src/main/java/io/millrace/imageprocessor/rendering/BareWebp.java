package io.millrace.imageprocessor.rendering;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A WebP without metadata: libvips before 8.15 writes EXIF of its own making whatever it is told.
 */
final class BareWebp {

    private static final int RIFF_HEADER = 12;
    private static final int VP8X = 0x58385056;
    private static final int EXIF = 0x46495845;
    private static final int XMP = 0x20504D58;
    private static final int ICCP = 0x50434349;

    /** The flags of VP8X that say that there is a profile, EXIF or XMP (RFC 9649, 2.7.1). */
    private static final int METADATA = 0x20 | 0x08 | 0x04;

    private BareWebp() {}

    static byte[] of(byte[] webp) {
        var file = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        var kept = new ByteArrayOutputStream(webp.length);
        kept.write(webp, 0, RIFF_HEADER);
        for (var at = RIFF_HEADER; at + 8 <= webp.length; ) {
            var type = file.getInt(at);
            var end =
                    Math.min(webp.length, at + 8 + file.getInt(at + 4) + (file.getInt(at + 4) & 1));
            if (type == VP8X) {
                webp[at + 8] &= ~METADATA;
            }
            if (type != EXIF && type != XMP && type != ICCP) {
                kept.write(webp, at, end - at);
            }
            at = end;
        }
        var bare = kept.toByteArray();
        ByteBuffer.wrap(bare).order(ByteOrder.LITTLE_ENDIAN).putInt(4, bare.length - 8);
        return bare;
    }
}
