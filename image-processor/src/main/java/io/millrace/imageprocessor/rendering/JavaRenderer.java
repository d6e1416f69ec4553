package io.millrace.imageprocessor.rendering;

import io.millrace.imageprocessor.rendering.Rendered.Rendition;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/** Renders with what the JDK brings, Thumbnailator's scaling and libwebp's encoder. */
public final class JavaRenderer implements Renderer {

    private static final float QUALITY = 0.8f;

    /** ImageIO accepts a broken-off file and fills the rest with grey; only a warning tells. */
    private static final Pattern BROKEN =
            Pattern.compile(
                    "premature|truncat|corrupt|missing|inconsistent", Pattern.CASE_INSENSITIVE);

    private static final Set<ImageFormat> READS =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP));

    private static final Set<ImageFormat> WRITES =
            Collections.unmodifiableSet(
                    EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP));

    private final long maxPixels;
    private final DecodingMemory memory;

    /**
     * @param maxPixels images of more pixels are refused
     * @param memory bytes of the heap for the pixels of images
     */
    public JavaRenderer(long maxPixels, long memory) {
        this.maxPixels = maxPixels;
        this.memory = new DecodingMemory(memory);
    }

    @Override
    public String name() {
        return "Java " + Runtime.version().feature();
    }

    @Override
    public Set<ImageFormat> reads() {
        return READS;
    }

    @Override
    public Set<ImageFormat> writes() {
        return WRITES;
    }

    @Override
    public Rendered render(byte[] image, List<RenditionSpec> specs) {
        var format = ImageFormat.of(image).filter(READS::contains);
        if (format.isEmpty()) {
            return Refusals.unsupported(READS);
        }
        try {
            return render(image, format.get(), specs);
        } catch (IOException | RuntimeException e) {
            // Decoders answer malformed input with any exception; what is not theirs fails above.
            return Refusals.unreadable(format.get(), String.valueOf(e.getMessage()));
        }
    }

    private Rendered render(byte[] image, ImageFormat format, List<RenditionSpec> specs)
            throws IOException {
        var reader = ImageIO.getImageReadersByFormatName(format.imageIoName()).next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            // Texts in a PNG inflate without end: metadata is left alone.
            reader.setInput(input, true, true);
            var width = reader.getWidth(0);
            var height = reader.getHeight(0);
            var pixels = (long) width * height;
            if (pixels > maxPixels) {
                return Refusals.tooManyPixels(width, height, maxPixels);
            }
            var needed = pixels * bytesPerPixel(reader);
            if (!memory.holds(needed)) {
                return Refusals.tooMuchMemory(width, height, needed, memory.bytes());
            }
            try (var _ = memory.take(needed)) {
                return decoded(reader, image, format, specs);
            }
        } finally {
            reader.dispose();
        }
    }

    /**
     * What is decoded, and three quarters of it again while it is scaled or its colours are
     * converted.
     */
    private static long bytesPerPixel(ImageReader reader) throws IOException {
        var types = reader.getImageTypes(0);
        var bits = types.hasNext() ? types.next().getColorModel().getPixelSize() : Integer.SIZE;
        return Math.max(4, bits / Byte.SIZE * 7L / 4);
    }

    private static Rendered decoded(
            ImageReader reader, byte[] image, ImageFormat format, List<RenditionSpec> specs)
            throws IOException {
        var warning = new AtomicReference<@Nullable String>();
        reader.addIIOReadWarningListener((_, text) -> warning.set(text));
        var decoded = reader.read(0);
        var told = warning.get();
        if (told != null && BROKEN.matcher(told).find()) {
            return Refusals.unreadable(format, told);
        }
        return renditions(decoded, Enclosed.in(image, format), format, specs);
    }

    private static Rendered renditions(
            BufferedImage decoded, Enclosed enclosed, ImageFormat format, List<RenditionSpec> specs)
            throws IOException {
        var exif = enclosed.exif().map(Exif::of).orElse(Exif.NONE);
        var metadata =
                Metadata.of(
                        format,
                        decoded.getWidth(),
                        decoded.getHeight(),
                        exif.orientation() >= 5,
                        exif);
        var sorted = RenditionSpec.largestFirst(specs);
        var largest = scaled(Colours.drawable(decoded), sorted.getFirst().maxEdge());
        if (format != ImageFormat.JPEG && enclosed.profile().isPresent()) {
            largest = Colours.applied(enclosed.profile().get(), largest);
        }
        var renditions = new ArrayList<Rendition>();
        var source = upright(largest, exif.orientation());
        // From large to small, each from the one before: the large image is read once.
        for (var spec : sorted) {
            source = scaled(source, spec.maxEdge());
            renditions.add(
                    new Rendition(
                            spec,
                            source.getWidth(),
                            source.getHeight(),
                            encoded(source, spec.format())));
        }
        return new Rendered.Done(metadata, List.copyOf(renditions));
    }

    private static BufferedImage upright(BufferedImage image, int orientation) {
        return orientation == 1
                ? image
                : ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation))
                        .apply(image);
    }

    private static BufferedImage scaled(BufferedImage image, int maxEdge) throws IOException {
        return Math.max(image.getWidth(), image.getHeight()) <= maxEdge
                ? image
                : Thumbnails.of(image).size(maxEdge, maxEdge).asBufferedImage();
    }

    private static byte[] encoded(BufferedImage image, ImageFormat format) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName(format.imageIoName()).next();
        var out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            var settings = writer.getDefaultWriteParam();
            if (settings.canWriteCompressed() && format != ImageFormat.PNG) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                if (settings.getCompressionType() == null) {
                    settings.setCompressionType(settings.getCompressionTypes()[0]);
                }
                settings.setCompressionQuality(QUALITY);
            }
            var pixels = format == ImageFormat.JPEG ? opaque(image) : image;
            writer.write(null, new IIOImage(pixels, null, null), settings);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** JPEG knows no transparency: what shows through is white, as on a page. */
    private static BufferedImage opaque(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_INT_RGB
                || image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return image;
        }
        var opaque =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var canvas = opaque.createGraphics();
        canvas.drawImage(image, 0, 0, Color.WHITE, null);
        canvas.dispose();
        return opaque;
    }
}
