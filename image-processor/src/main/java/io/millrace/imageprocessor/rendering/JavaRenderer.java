package io.millrace.imageprocessor.rendering;

import io.millrace.imageprocessor.rendering.Rendered.Rendition;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
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

    private final long maxPixels;

    /**
     * @param maxPixels images of more pixels are refused
     */
    public JavaRenderer(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    @Override
    public Rendered render(byte[] image, List<RenditionSpec> specs) {
        var format = ImageFormat.of(image);
        if (format.isEmpty()) {
            return new Rendered.Refused(
                    "Image.UnsupportedType",
                    "the first bytes are those of no JPEG, PNG, GIF or WebP");
        }
        try {
            return render(image, format.get(), specs);
        } catch (IOException | RuntimeException e) {
            // Decoders answer malformed input with any exception; what is not theirs fails above.
            return unreadable(format.get(), String.valueOf(e.getMessage()));
        }
    }

    private Rendered render(byte[] image, ImageFormat format, List<RenditionSpec> specs)
            throws IOException {
        var reader = ImageIO.getImageReadersByFormatName(format.imageIoName()).next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            reader.setInput(input, true, false);
            var pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > maxPixels) {
                return new Rendered.Refused(
                        "Image.TooManyPixels",
                        "%d × %d pixels are more than %d"
                                .formatted(reader.getWidth(0), reader.getHeight(0), maxPixels));
            }
            var warning = new AtomicReference<@Nullable String>();
            reader.addIIOReadWarningListener((_, text) -> warning.set(text));
            var decoded = reader.read(0);
            var told = warning.get();
            if (told != null && BROKEN.matcher(told).find()) {
                return unreadable(format, told);
            }
            return renditions(decoded, Exif.of(image), format, specs);
        } finally {
            reader.dispose();
        }
    }

    private static Rendered renditions(
            BufferedImage decoded, Exif exif, ImageFormat format, List<RenditionSpec> specs)
            throws IOException {
        var filter =
                ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(exif.orientation()));
        var upright = exif.orientation() == 1 ? decoded : filter.apply(decoded);
        var metadata =
                new Metadata(
                        format,
                        upright.getWidth(),
                        upright.getHeight(),
                        exif.orientation(),
                        exif.takenAt(),
                        exif.camera(),
                        exif.hasLocation());
        var renditions = new ArrayList<Rendition>();
        var source = upright;
        // From large to small, each from the one before: the large image is read once.
        for (var spec :
                specs.stream()
                        .sorted(Comparator.comparingInt(RenditionSpec::maxEdge).reversed())
                        .toList()) {
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

    private static Rendered unreadable(ImageFormat format, String reason) {
        return new Rendered.Refused(
                "Image.Unreadable", "the %s cannot be decoded: %s".formatted(format, reason));
    }
}
