package io.millrace.benchmarks.images;

import io.millrace.imageprocessor.rendering.ImageFormat;
import io.millrace.imageprocessor.rendering.Rendered;
import io.millrace.imageprocessor.rendering.Renderer;
import io.millrace.imageprocessor.rendering.RendererChoice;
import io.millrace.imageprocessor.rendering.RenditionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Renders the photographs of a folder as image-processor does, and prints images a second and the
 * peak of the process's memory. Called by images.py.
 */
public final class ImageFigures {

    private static final List<RenditionSpec> SPECS =
            List.of(
                    new RenditionSpec("large", ImageFormat.JPEG, 1600),
                    new RenditionSpec("medium", ImageFormat.JPEG, 800),
                    new RenditionSpec("small", ImageFormat.JPEG, 200),
                    new RenditionSpec("thumbnail", ImageFormat.WEBP, 200));

    private ImageFigures() {}

    /** FOLDER writes photographs; FOLDER java|LIBRARY IN_FLIGHT PASSES renders them. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        if (arguments.length == 1) {
            Photographs.write(folder);
            return;
        }
        var library = arguments[1];
        var inFlight = Integer.parseInt(arguments[2]);
        var choice = library.equals("java") ? RendererChoice.JAVA : RendererChoice.VIPS;
        var renderer = choice.renderer(List.of(library), 100_000_000, inFlight, SPECS);
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        pass(renderer, files, inFlight);
        var passes = Integer.parseInt(arguments[3]);
        var start = System.nanoTime();
        var bytes = 0L;
        for (var pass = 0; pass < passes; pass++) {
            bytes += pass(renderer, files, inFlight);
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%.3f %d %d %s%n",
                passes * files.size() / seconds, peakMegabytes(), bytes / passes, renderer.name());
    }

    private static long pass(Renderer renderer, List<Path> files, int inFlight) throws Exception {
        try (var threads = Executors.newFixedThreadPool(inFlight)) {
            var tasks = new ArrayList<Callable<Long>>();
            files.forEach(file -> tasks.add(() -> render(renderer, file)));
            var bytes = 0L;
            for (Future<Long> each : threads.invokeAll(tasks)) {
                bytes += each.get();
            }
            return bytes;
        }
    }

    private static long render(Renderer renderer, Path file) throws IOException {
        return switch (renderer.render(Files.readAllBytes(file), SPECS)) {
            case Rendered.Done done ->
                    done.renditions().stream().mapToLong(each -> each.content().length).sum();
            case Rendered.Refused refused -> throw new IllegalStateException(file + ": " + refused);
        };
    }

    private static long peakMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
