package io.millrace.imageprocessor.rendering;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a file encloses beside its pixels, found without decoding and without believing any length:
 * the same for whoever renders.
 *
 * @param exif EXIF as a TIFF file
 * @param profile the ICC profile of its colours
 * @param rowByRow whether its pixels can be decoded row by row, without a copy of all of them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Enclosed(Optional<byte[]> exif, Optional<byte[]> profile, boolean rowByRow) {

    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] ICC = ascii("ICC_PROFILE\0");

    /** Profiles of printers have some 2 MB; what inflates to more is a trap. */
    private static final int LONGEST_PROFILE = 8 << 20;

    static Enclosed in(byte[] image, ImageFormat format) {
        return switch (format) {
            case JPEG -> jpeg(ByteBuffer.wrap(image));
            case PNG -> png(ByteBuffer.wrap(image));
            case WEBP -> webp(ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN));
            case GIF, AVIF, HEIC -> new Enclosed(Optional.empty(), Optional.empty(), false);
        };
    }

    /** The segments before the first scan (ITU T.81, B.1.1). */
    private static Enclosed jpeg(ByteBuffer file) {
        byte[] exif = null;
        var profile = new TreeMap<Integer, byte[]>();
        var rowByRow = true;
        file.position(Math.min(2, file.limit()));
        while (file.remaining() >= 4) {
            if ((file.get() & 0xFF) != 0xFF) {
                break;
            }
            var marker = file.get() & 0xFF;
            if (marker == 0xFF) {
                file.position(file.position() - 1);
                continue;
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                continue;
            }
            var length = (file.getShort() & 0xFFFF) - 2;
            if (marker == 0xDA || length < 0 || length > file.remaining()) {
                break;
            }
            var segment = bytes(file, length);
            if (marker == 0xE1 && exif == null && starts(segment, EXIF)) {
                exif = withoutPrefix(segment);
            } else if (marker == 0xE2 && starts(segment, ICC) && length > ICC.length + 2) {
                // A profile longer than a segment comes in numbered parts (ICC.1, B.4).
                profile.put(
                        segment[ICC.length] & 0xFF,
                        Arrays.copyOfRange(segment, ICC.length + 2, length));
            } else if (marker == 0xC2 || marker == 0xC6 || marker == 0xCA || marker == 0xCE) {
                rowByRow = false;
            }
        }
        var whole = new ByteArrayOutputStream();
        profile.values().forEach(whole::writeBytes);
        return new Enclosed(
                Optional.ofNullable(exif),
                Optional.of(whole.toByteArray()).filter(all -> all.length > 0),
                rowByRow);
    }

    /** The chunks (ISO 15948, 5.3). */
    private static Enclosed png(ByteBuffer file) {
        byte[] exif = null;
        byte[] profile = null;
        // The header chunk comes first, and its last byte says whether rows are interlaced.
        var rowByRow = file.limit() > 28 && file.get(28) == 0;
        file.position(Math.min(8, file.limit()));
        while (file.remaining() >= 12) {
            var length = file.getInt();
            var type = file.getInt();
            if (length < 0 || length > file.remaining() - 4) {
                break;
            }
            if (type == 0x65584966) { // eXIf
                exif = withoutPrefix(bytes(file, length));
            } else if (type == 0x69434350) { // iCCP
                profile = inflated(bytes(file, length));
            } else {
                file.position(file.position() + length);
            }
            file.position(file.position() + 4);
        }
        return new Enclosed(Optional.ofNullable(exif), Optional.ofNullable(profile), rowByRow);
    }

    /** The chunks (RFC 9649, 2.3). */
    private static Enclosed webp(ByteBuffer file) {
        byte[] exif = null;
        byte[] profile = null;
        file.position(Math.min(12, file.limit()));
        while (file.remaining() >= 8) {
            var type = file.getInt();
            var length = file.getInt();
            if (length < 0 || length > file.remaining()) {
                break;
            }
            if (type == 0x46495845) { // EXIF
                exif = withoutPrefix(bytes(file, length));
            } else if (type == 0x50434349) { // ICCP
                profile = bytes(file, length);
            } else {
                file.position(file.position() + length);
            }
            file.position(Math.min(file.limit(), file.position() + (length & 1)));
        }
        return new Enclosed(Optional.ofNullable(exif), Optional.ofNullable(profile), false);
    }

    /** A name, a zero, the method (0), and the profile, deflated. */
    private static byte @Nullable [] inflated(byte[] chunk) {
        var name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        if (name + 2 >= chunk.length) {
            return null;
        }
        try (var profile =
                new InflaterInputStream(
                        new ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2))) {
            var bytes = profile.readNBytes(LONGEST_PROFILE + 1);
            return bytes.length > LONGEST_PROFILE ? null : bytes;
        } catch (IOException _) {
            return null;
        }
    }

    /** Some writers of other formats leave the prefix that it has in a JPEG. */
    static byte[] withoutPrefix(byte[] exif) {
        return starts(exif, EXIF) ? Arrays.copyOfRange(exif, EXIF.length, exif.length) : exif;
    }

    private static boolean starts(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] bytes(ByteBuffer file, int length) {
        var bytes = new byte[length];
        file.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
