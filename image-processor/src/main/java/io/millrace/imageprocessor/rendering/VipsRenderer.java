package io.millrace.imageprocessor.rendering;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.millrace.imageprocessor.libvips.Vips;
import io.millrace.imageprocessor.libvips.VipsException;
import io.millrace.imageprocessor.libvips.VipsImage;
import io.millrace.imageprocessor.rendering.Rendered.Rendition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Renders with libvips, which decodes row by row and scales a JPEG while it decodes. */
public final class VipsRenderer implements Renderer {

    /** A decoder that cannot go row by row has all pixels, some of them twice. */
    private static final int BYTES_PER_PIXEL = 6;

    private static final String PROFILE = "icc-profile-data";

    private final Vips vips;
    private final long maxPixels;
    private final DecodingMemory memory;
    private final Set<ImageFormat> reads;
    private final Set<ImageFormat> writes;

    /**
     * @param maxPixels images of more pixels are refused
     * @param memory bytes for the pixels of images that cannot be decoded row by row
     */
    public VipsRenderer(Vips vips, long maxPixels, long memory) {
        this.vips = vips;
        this.maxPixels = maxPixels;
        this.memory = new DecodingMemory(memory);
        this.reads = reads(vips);
        this.writes = writes(vips);
    }

    @Override
    public String name() {
        return "libvips " + vips.version();
    }

    @Override
    public Set<ImageFormat> reads() {
        return reads;
    }

    @Override
    public Set<ImageFormat> writes() {
        return writes;
    }

    @Override
    public Rendered render(byte[] image, List<RenditionSpec> specs) {
        var format = ImageFormat.of(image).filter(reads::contains);
        if (format.isEmpty()) {
            return Refusals.unsupported(reads);
        }
        try (var arena = Arena.ofConfined()) {
            return render(arena.allocateFrom(JAVA_BYTE, image), image, format.get(), specs);
        } catch (VipsException e) {
            return Refusals.unreadable(format.get(), String.valueOf(e.getMessage()));
        }
    }

    private Rendered render(
            MemorySegment file, byte[] image, ImageFormat format, List<RenditionSpec> specs) {
        var enclosed = Enclosed.in(image, format);
        try (var header = load(file, format, 1)) {
            var width = header.width();
            var height = header.height();
            var pixels = (long) width * height;
            if (pixels > maxPixels) {
                return Refusals.tooManyPixels(width, height, maxPixels);
            }
            var needed = enclosed.rowByRow() ? 0 : pixels * BYTES_PER_PIXEL;
            if (!memory.holds(needed)) {
                return Refusals.tooMuchMemory(width, height, needed, memory.bytes());
            }
            var exif =
                    enclosed.exif()
                            .or(() -> header.field("exif-data").map(Enclosed::withoutPrefix))
                            .map(Exif::of)
                            .orElse(Exif.NONE);
            // These are turned by their container, and libvips has done it.
            var turn = isHeif(format) ? 1 : exif.orientation();
            var metadata = Metadata.of(format, width, height, turn >= 5, exif);
            try (var _ = memory.take(needed)) {
                return new Rendered.Done(metadata, renditions(file, header, format, turn, specs));
            }
        }
    }

    private List<Rendition> renditions(
            MemorySegment file,
            VipsImage header,
            ImageFormat format,
            int turn,
            List<RenditionSpec> specs) {
        var renditions = new ArrayList<Rendition>();
        var sorted = RenditionSpec.largestFirst(specs);
        var source = largest(file, header, format, turn, sorted.getFirst().maxEdge());
        try {
            // From large to small, each from the one before: the large image is read once.
            for (var spec : sorted) {
                if (Math.max(source.width(), source.height()) > spec.maxEdge()) {
                    var larger = source;
                    source = smaller(larger, spec.maxEdge());
                    larger.close();
                }
                renditions.add(
                        new Rendition(
                                spec,
                                source.width(),
                                source.height(),
                                encoded(source, spec.format())));
            }
        } finally {
            source.close();
        }
        return List.copyOf(renditions);
    }

    private VipsImage largest(
            MemorySegment file, VipsImage header, ImageFormat format, int turn, int maxEdge) {
        var shrink = format == ImageFormat.JPEG ? shrink(header, maxEdge) : 1;
        try (var shrunk = shrink > 1 ? load(file, format, shrink) : null;
                var drawable = withoutInks(shrunk == null ? header : shrunk);
                var scaled = scaled(drawable, maxEdge, !header.isCmyk() && header.has(PROFILE));
                var plain = plain(scaled)) {
            return upright(plain.pixels(), turn);
        }
    }

    /** The most by which libjpeg can shrink it (2, 4 or 8) that leaves as many pixels as wanted. */
    private static int shrink(VipsImage header, int maxEdge) {
        var edge = Math.max(header.width(), header.height());
        return Math.clamp(Integer.highestOneBit(Math.max(1, edge / maxEdge)), 1, 8);
    }

    private VipsImage load(MemorySegment file, ImageFormat format, int shrink) {
        try (var load = vips.operation(loader(format))) {
            load.with("buffer", file).with("access=sequential,fail_on=error");
            return (shrink > 1 ? load.with("shrink=" + shrink) : load).image();
        }
    }

    /**
     * An image in a printer's colours, in those of a screen: of 8.14, scaling forgets its profile.
     */
    private VipsImage withoutInks(VipsImage image) {
        try (var convert =
                image.isCmyk()
                        ? vips.operation("icc_transform")
                                .with("output_profile=srgb,embedded=true,input_profile=cmyk")
                                .with("intent=perceptual")
                        : vips.operation("copy")) {
            return convert.with("in", image).image();
        }
    }

    private VipsImage scaled(VipsImage image, int maxEdge, boolean profiled) {
        try (var thumbnail = vips.operation("thumbnail_image").with("in", image)) {
            thumbnail.with(
                    "width=%d,height=%d,size=down,no_rotate=true".formatted(maxEdge, maxEdge));
            // Costs 60 ms and more even where it changes nothing.
            if (profiled) {
                thumbnail.with("export_profile=srgb,intent=perceptual");
            }
            return thumbnail.image();
        }
    }

    private VipsImage smaller(VipsImage image, int maxEdge) {
        try (var scaled = scaled(image, maxEdge, false)) {
            return scaled.pixels();
        }
    }

    private VipsImage plain(VipsImage image) {
        var space = image.isGrey() ? "b-w" : "srgb";
        try (var convert =
                image.isPlain()
                        ? vips.operation("copy")
                        : vips.operation("colourspace").with("space=" + space)) {
            return convert.with("in", image).image();
        }
    }

    /** EXIF's eight ways to hold a camera (CIPA DC-008, tag 274). */
    private VipsImage upright(VipsImage image, int turn) {
        return switch (turn) {
            case 2 -> applied("flip", "direction=horizontal", image);
            case 3 -> applied("rot", "angle=d180", image);
            case 4 -> applied("flip", "direction=vertical", image);
            case 5 -> upright(applied("rot", "angle=d90", image), 2);
            case 6 -> applied("rot", "angle=d90", image);
            case 7 -> upright(applied("rot", "angle=d270", image), 2);
            case 8 -> applied("rot", "angle=d270", image);
            default -> image;
        };
    }

    private VipsImage applied(String nickname, String options, VipsImage image) {
        try (image;
                var operation = vips.operation(nickname).with("in", image).with(options);
                var result = operation.image()) {
            return result.pixels();
        }
    }

    private byte[] encoded(VipsImage image, ImageFormat format) {
        try (var save = vips.operation(saver(format)).with("in", image)) {
            var bytes = save.with(settings(format)).bytes();
            return format == ImageFormat.WEBP ? BareWebp.of(bytes) : bytes;
        }
    }

    private static String loader(ImageFormat format) {
        return switch (format) {
            case JPEG -> "jpegload_buffer";
            case PNG -> "pngload_buffer";
            case GIF -> "gifload_buffer";
            case WEBP -> "webpload_buffer";
            case AVIF, HEIC -> "heifload_buffer";
        };
    }

    private static String saver(ImageFormat format) {
        return switch (format) {
            case JPEG -> "jpegsave_buffer";
            case PNG -> "pngsave_buffer";
            case WEBP -> "webpsave_buffer";
            case AVIF -> "heifsave_buffer";
            case GIF, HEIC -> throw new IllegalArgumentException(format + " is read, not written");
        };
    }

    private static String settings(ImageFormat format) {
        return switch (format) {
            // JPEG knows no transparency: what shows through is white, as on a page.
            case JPEG -> "strip=true,Q=80,optimize_coding=true,background=255";
            case WEBP -> "strip=true,Q=80";
            case AVIF -> "strip=true,Q=55,compression=av1";
            case PNG, GIF, HEIC -> "strip=true,compression=6";
        };
    }

    private static boolean isHeif(ImageFormat format) {
        return format == ImageFormat.HEIC || format == ImageFormat.AVIF;
    }

    private Set<ImageFormat> reads(Vips vips) {
        var formats = EnumSet.noneOf(ImageFormat.class);
        for (var format : ImageFormat.values()) {
            if (vips.has(loader(format)) && (!isHeif(format) || decodes(format))) {
                formats.add(format);
            }
        }
        return Collections.unmodifiableSet(formats);
    }

    /** One loader for both, whose decoders are plug-ins: only a picture tells. */
    private boolean decodes(ImageFormat format) {
        var name = "sample." + format.extension();
        try (var sample = VipsRenderer.class.getResourceAsStream(name);
                var arena = Arena.ofConfined()) {
            var bytes = Objects.requireNonNull(sample, name).readAllBytes();
            try (var image = load(arena.allocateFrom(JAVA_BYTE, bytes), format, 1);
                    var pixels = image.pixels()) {
                return pixels.width() > 0;
            }
        } catch (VipsException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<ImageFormat> writes(Vips vips) {
        var formats = EnumSet.noneOf(ImageFormat.class);
        for (var format :
                List.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF)) {
            if (vips.has(saver(format)) && (!isHeif(format) || encodes(format))) {
                formats.add(format);
            }
        }
        return Collections.unmodifiableSet(formats);
    }

    private boolean encodes(ImageFormat format) {
        try (var black = vips.operation("black").with("width=16,height=16,bands=3");
                var image = black.image();
                var pixels = image.pixels()) {
            return encoded(pixels, format).length > 0;
        } catch (VipsException _) {
            return false;
        }
    }
}
