package io.millrace.imageprocessor.rendering;

import java.util.Comparator;
import java.util.List;

/**
 * What a rendition has to be.
 *
 * @param name what it is called
 * @param format how it is encoded
 * @param maxEdge its longer edge in pixels; an image that is smaller keeps its size
 */
public record RenditionSpec(String name, ImageFormat format, int maxEdge) {

    public RenditionSpec {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "the rendition name '%s' becomes part of an object's key: use letters, digits, - and _"
                            .formatted(name));
        }
        if (maxEdge < 1) {
            throw new IllegalArgumentException(
                    "rendition %s needs a max-edge of 1 or more".formatted(name));
        }
        if (format == ImageFormat.GIF || format == ImageFormat.HEIC) {
            throw new IllegalArgumentException(
                    "rendition %s: %s is read, not written; use JPEG, PNG, WEBP or AVIF"
                            .formatted(name, format));
        }
    }

    static List<RenditionSpec> largestFirst(List<RenditionSpec> specs) {
        return specs.stream()
                .sorted(Comparator.comparingInt(RenditionSpec::maxEdge).reversed())
                .toList();
    }

    public String fileName() {
        return name + "." + format.extension();
    }
}
