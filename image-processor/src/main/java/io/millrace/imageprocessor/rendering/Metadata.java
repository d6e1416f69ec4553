package io.millrace.imageprocessor.rendering;

import java.util.Optional;

/**
 * What an image tells of itself; never where it was taken.
 *
 * @param format how the original is encoded
 * @param width the width in pixels when seen upright
 * @param height the height in pixels when seen upright
 * @param orientation the EXIF orientation, 1 to 8; 1 is upright
 * @param takenAt when it was taken by the camera's clock, ISO 8601 without zone
 * @param camera the camera's make and model
 * @param hadLocation whether the original tells where it was taken
 */
public record Metadata(
        ImageFormat format,
        int width,
        int height,
        int orientation,
        Optional<String> takenAt,
        Optional<String> camera,
        boolean hadLocation) {

    /**
     * @param turned whether it lies on its side as it is encoded
     */
    static Metadata of(ImageFormat format, int width, int height, boolean turned, Exif exif) {
        return new Metadata(
                format,
                turned ? height : width,
                turned ? width : height,
                exif.orientation(),
                exif.takenAt(),
                exif.camera(),
                exif.hasLocation());
    }
}
