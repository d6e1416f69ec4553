package io.millrace.imageprocessor.rendering;

/** The renderer that is configured cannot do what is configured. */
public final class UnusableRenderer extends RuntimeException {

    private final String remedy;

    private UnusableRenderer(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    static UnusableRenderer absent(String reason) {
        return new UnusableRenderer(
                "millrace.image.renderer is vips, and libvips is not to be had: " + reason,
                "Install it (Debian: apt-get install libvips42; macOS: brew install vips), name its file in millrace.image.vips-library, or set millrace.image.renderer to auto or java.");
    }

    static UnusableRenderer lacks(Renderer renderer, String renditions) {
        return new UnusableRenderer(
                "%s does not write the format of the rendition %s; it writes %s"
                        .formatted(renderer.name(), renditions, renderer.writes()),
                "Give the rendition a format that it writes, or set millrace.image.renderer to another one.");
    }

    /** What is to be done. */
    public String remedy() {
        return remedy;
    }
}
