package io.millrace.imageprocessor.rendering;

import io.millrace.imageprocessor.rendering.Rendered.Refused;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways in which an image is refused, worded alike whoever renders. */
final class Refusals {

    private Refusals() {}

    static Refused unsupported(Set<ImageFormat> read) {
        return new Refused(
                "Image.UnsupportedType",
                "the first bytes are those of none of "
                        + read.stream().map(ImageFormat::name).collect(Collectors.joining(", ")));
    }

    static Refused tooManyPixels(int width, int height, long limit) {
        return new Refused(
                "Image.TooManyPixels",
                "%d × %d pixels are more than %d".formatted(width, height, limit));
    }

    static Refused tooMuchMemory(int width, int height, long needed, long room) {
        return new Refused(
                "Image.TooManyPixels",
                "%d × %d pixels take %d MB to decode, and %d MB are for that: give the service more memory"
                        .formatted(width, height, needed >> 20, room >> 20));
    }

    static Refused unreadable(ImageFormat format, String reason) {
        return new Refused(
                "Image.Unreadable", "the %s cannot be decoded: %s".formatted(format, reason));
    }
}
