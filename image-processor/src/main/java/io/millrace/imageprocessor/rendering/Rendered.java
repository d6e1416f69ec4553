package io.millrace.imageprocessor.rendering;

import java.util.List;

/** What became of an image. */
public sealed interface Rendered {

    /**
     * It was rendered.
     *
     * @param metadata what is known of the original
     * @param renditions what was made of it
     */
    record Done(Metadata metadata, List<Rendition> renditions) implements Rendered {}

    /**
     * It cannot be rendered, now or ever.
     *
     * @param error the error's name, {@code Image.…}
     * @param cause what is wrong with it
     */
    record Refused(String error, String cause) implements Rendered {}

    /** An encoded rendition. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once, never compared
    record Rendition(RenditionSpec spec, int width, int height, byte[] content) {}
}
