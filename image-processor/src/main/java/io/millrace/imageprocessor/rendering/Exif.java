package io.millrace.imageprocessor.rendering;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the EXIF of an image says (CIPA DC-008). */
record Exif(
        int orientation, Optional<String> takenAt, Optional<String> camera, boolean hasLocation) {

    static final Exif NONE = new Exif(1, Optional.empty(), Optional.empty(), false);

    /**
     * @param tiff what is enclosed in an image; only that is parsed, never the image, of which
     *     other parts may inflate without end
     */
    static Exif of(byte[] tiff) {
        var metadata = new com.drew.metadata.Metadata();
        // Broken metadata is no reason to refuse an image that can be decoded: the reader notes
        // errors.
        new ExifReader().extract(new ByteArrayReader(tiff), metadata);
        var main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        var sub = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        return new Exif(
                orientation(main),
                text(sub, ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL).map(Exif::iso),
                camera(main),
                metadata.containsDirectoryOfType(GpsDirectory.class));
    }

    private static int orientation(@Nullable Directory directory) {
        var value =
                directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return value == null || value < 1 || value > 8 ? 1 : value;
    }

    private static Optional<String> camera(@Nullable Directory directory) {
        var camera =
                Stream.of(ExifIFD0Directory.TAG_MAKE, ExifIFD0Directory.TAG_MODEL)
                        .flatMap(tag -> text(directory, tag).stream())
                        .collect(Collectors.joining(" "));
        return Optional.of(camera).filter(text -> !text.isEmpty());
    }

    private static Optional<String> text(@Nullable Directory directory, int tag) {
        return Optional.ofNullable(directory).map(each -> each.getString(tag)).map(String::strip);
    }

    /** EXIF writes 2026:11:23 10:15:30. */
    private static String iso(String exif) {
        return exif.matches("\\d{4}:\\d\\d:\\d\\d \\d\\d:\\d\\d:\\d\\d")
                ? exif.substring(0, 10).replace(':', '-') + "T" + exif.substring(11)
                : exif;
    }
}
