package io.millrace.imageprocessor.rendering;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the EXIF of an image says (CIPA DC-008). */
record Exif(
        int orientation, Optional<String> takenAt, Optional<String> camera, boolean hasLocation) {

    private static final Exif NONE = new Exif(1, Optional.empty(), Optional.empty(), false);

    static Exif of(byte[] image) {
        try {
            var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(image));
            var main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            var sub = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
            return new Exif(
                    orientation(main),
                    text(sub, ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL).map(Exif::iso),
                    camera(main),
                    metadata.containsDirectoryOfType(GpsDirectory.class));
        } catch (ImageProcessingException | IOException _) {
            // Broken metadata is no reason to refuse an image that can be decoded.
            return NONE;
        }
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
