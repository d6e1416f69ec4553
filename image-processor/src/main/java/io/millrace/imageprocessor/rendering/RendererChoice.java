package io.millrace.imageprocessor.rendering;

import io.millrace.imageprocessor.libvips.Vips;
import io.millrace.imageprocessor.libvips.Vips.Loading;
import java.util.List;
import java.util.stream.Collectors;

/** Which renderer renders; named in configuration. */
public enum RendererChoice {
    /** libvips where it is, Java where it is not. */
    AUTO,
    /** libvips, or no start. */
    VIPS,
    /** Java alone. */
    JAVA;

    /**
     * The renderer.
     *
     * @param libraries where libvips may be: names that the system's linker finds, or paths
     * @param maxPixels images of more pixels are refused
     * @param atOnce how many images are rendered at once
     * @throws UnusableRenderer if it is not to be had, or lacks the format of a rendition
     */
    public Renderer renderer(
            List<String> libraries, long maxPixels, int atOnce, List<RenditionSpec> specs) {
        var renderer =
                switch (this) {
                    case JAVA -> java(maxPixels);
                    case AUTO, VIPS ->
                            switch (Vips.load(libraries, threads(atOnce))) {
                                case Loading.Loaded(var vips) -> vips(vips, maxPixels);
                                case Loading.Absent(var reason) -> {
                                    if (this == VIPS) {
                                        throw UnusableRenderer.absent(reason);
                                    }
                                    yield java(maxPixels);
                                }
                            };
                };
        var lacking =
                specs.stream()
                        .filter(spec -> !renderer.writes().contains(spec.format()))
                        .map(spec -> "%s (%s)".formatted(spec.name(), spec.format()))
                        .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            throw UnusableRenderer.lacks(renderer, lacking);
        }
        return renderer;
    }

    /** Together as many as there are cores. */
    private static int threads(int atOnce) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, atOnce));
    }

    private static Renderer java(long maxPixels) {
        // The rest is for the files themselves and for everything else.
        return new JavaRenderer(maxPixels, Runtime.getRuntime().maxMemory() / 2);
    }

    private static Renderer vips(Vips vips, long maxPixels) {
        return new VipsRenderer(vips, maxPixels, MachineMemory.bytes() / 2);
    }
}
