package io.millrace.imageprocessor.rendering;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.commons.imaging.formats.jpeg.exif.ExifRewriter;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.write.TiffImageWriterLossy;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;

/** Files of images, made here byte by byte where no encoder makes them. */
final class TestImages {

    private TestImages() {}

    /** Something with detail in it, so that files are long enough to break off. */
    static BufferedImage detailed(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var x = 0; x < width; x++) {
            for (var y = 0; y < height; y++) {
                image.setRGB(x, y, x * 31 + y * 57 + (x * y) % 255);
            }
        }
        return image;
    }

    static BufferedImage plain(int width, int height, Color colour) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(0, 0, width, height);
        canvas.dispose();
        return image;
    }

    /** Two halves, the left one seen through as far as the alpha says. */
    static BufferedImage halfTransparent(int width, int height, Color left, Color right) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (var x = 0; x < width; x++) {
            for (var y = 0; y < height; y++) {
                image.setRGB(x, y, (x < width / 2 ? left : right).getRGB());
            }
        }
        return image;
    }

    static byte[] file(BufferedImage image, ImageFormat format) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName(format.imageIoName()).next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            var settings = writer.getDefaultWriteParam();
            if (format == ImageFormat.WEBP) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionType("Lossy");
                settings.setCompressionQuality(0.95f);
            }
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    static byte[] progressiveJpeg(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            var settings = writer.getDefaultWriteParam();
            settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** As Photoshop writes them: Adobe's marker, and every ink turned round. */
    static byte[] cmykJpeg(int cyan, int magenta, int yellow, int black) throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 48, 4, null);
        for (var x = 0; x < 64; x++) {
            for (var y = 0; y < 48; y++) {
                raster.setPixel(
                        x, y, new int[] {255 - cyan, 255 - magenta, 255 - yellow, 255 - black});
            }
        }
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            var settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(0.95f);
            writer.write(null, new IIOImage(raster, null, null), settings);
        } finally {
            writer.dispose();
        }
        var adobe = ByteBuffer.allocate(12).put(ascii("Adobe")).putShort((short) 100).array();
        return withSegment(out.toByteArray(), 0xEE, adobe);
    }

    static byte[] sixteenBitPng(int bands, int... colour) throws IOException {
        var model =
                new ComponentColorModel(
                        ColorSpace.getInstance(
                                bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                        false,
                        false,
                        ComponentColorModel.OPAQUE,
                        DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(64, 48);
        for (var x = 0; x < 64; x++) {
            for (var y = 0; y < 48; y++) {
                raster.setPixel(x, y, colour);
            }
        }
        return file(new BufferedImage(model, raster, false, null), ImageFormat.PNG);
    }

    static byte[] grey(int value, ImageFormat format) throws IOException {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(
                ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData(),
                (byte) value);
        return file(image, format);
    }

    static byte[] animatedGif(Color first, Color second) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (var colour : List.of(first, second)) {
                writer.writeToSequence(new IIOImage(plain(64, 48, colour), null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** The smallest one of a phone's format, which nothing in Java writes. */
    static byte[] sample(ImageFormat format) throws IOException {
        try (var sample = VipsRenderer.class.getResourceAsStream("sample." + format.extension())) {
            return Objects.requireNonNull(sample).readAllBytes();
        }
    }

    /** EXIF with an orientation and a place, and XMP with a place. */
    static byte[] withPlace(byte[] image, ImageFormat format, int orientation) throws IOException {
        var exif = new TiffOutputSet();
        exif.getOrCreateRootDirectory()
                .add(TiffTagConstants.TIFF_TAG_ORIENTATION, (short) orientation);
        exif.setGpsInDegrees(11.5755, 48.1374);
        var out = new ByteArrayOutputStream();
        if (format == ImageFormat.JPEG) {
            new ExifRewriter().updateExifMetadataLossless(image, out, exif);
            return withSegment(
                    out.toByteArray(), 0xE1, ascii("http://ns.adobe.com/xap/1.0/\0" + XMP));
        }
        new TiffImageWriterLossy().write(out, exif);
        return switch (format) {
            case PNG ->
                    withChunk(
                            withChunk(image, "eXIf", out.toByteArray()),
                            "iTXt",
                            ascii("XML:com.adobe.xmp\0\0\0\0\0" + XMP));
            case WEBP -> webp(image, 0x08 | 0x04, "EXIF", out.toByteArray(), "XMP ", ascii(XMP));
            default -> throw new IllegalArgumentException(format.toString());
        };
    }

    /** Files of a format that between them have all that is read of one. */
    static List<byte[]> whole(ImageFormat format) throws IOException {
        var image = detailed(64, 48);
        return switch (format) {
            case JPEG ->
                    List.of(
                            withPlace(file(image, format), format, 6),
                            withProfile(file(image, format), format, Profiles.adobeRgb()),
                            progressiveJpeg(image),
                            cmykJpeg(10, 20, 30, 40));
            case PNG ->
                    List.of(
                            withPlace(file(image, format), format, 6),
                            withProfile(file(image, format), format, Profiles.displayP3()),
                            sixteenBitPng(3, 1, 2, 3));
            case WEBP ->
                    List.of(
                            withPlace(file(image, format), format, 6),
                            withProfile(file(image, format), format, Profiles.displayP3()));
            case GIF -> List.of(animatedGif(Color.RED, Color.BLUE), file(image, format));
            default -> List.of(sample(format));
        };
    }

    /**
     * A copy with up to eight bytes changed, every other of them in the headers, or with a piece
     * taken out.
     */
    static byte[] damaged(byte[] whole, Random random) {
        var copy = whole.clone();
        var changes = 1 + random.nextInt(8);
        for (var change = 0; change < changes; change++) {
            var within = random.nextBoolean() ? Math.min(64, copy.length) : copy.length;
            var value =
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> 0x7F;
                        case 2 -> 0xFF;
                        default -> random.nextInt(256);
                    };
            copy[random.nextInt(within)] = (byte) value;
        }
        if (random.nextInt(4) > 0) {
            return copy;
        }
        var from = random.nextInt(copy.length);
        var to = from + random.nextInt(copy.length - from);
        return join(Arrays.copyOf(copy, from), Arrays.copyOfRange(copy, to, copy.length));
    }

    private static final String XMP =
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                    + "<rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='48,8.2N'/></rdf:RDF></x:xmpmeta>";

    static byte[] withProfile(byte[] image, ImageFormat format, byte[] profile) {
        return switch (format) {
            case JPEG ->
                    withSegment(
                            image, 0xE2, join(ascii("ICC_PROFILE\0"), new byte[] {1, 1}, profile));
            case PNG -> withChunk(image, "iCCP", join(ascii("profile\0\0"), deflated(profile)));
            case WEBP -> webp(image, 0x20, "ICCP", profile);
            default -> throw new IllegalArgumentException(format.toString());
        };
    }

    static byte[] withSegment(byte[] jpeg, int marker, byte[] segment) {
        var head =
                ByteBuffer.allocate(6)
                        .put((byte) 0xFF)
                        .put((byte) 0xD8)
                        .put((byte) 0xFF)
                        .put((byte) marker)
                        .putShort((short) (segment.length + 2))
                        .array();
        return join(head, segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** Puts a chunk behind the header chunk. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        var typed = join(ascii(type), data);
        var check = new CRC32();
        check.update(typed);
        var chunk =
                ByteBuffer.allocate(typed.length + 8)
                        .putInt(data.length)
                        .put(typed)
                        .putInt((int) check.getValue())
                        .array();
        return join(Arrays.copyOf(png, 33), chunk, Arrays.copyOfRange(png, 33, png.length));
    }

    /** The extended layout around a simple one: colours before the picture, the rest behind. */
    private static byte[] webp(byte[] simple, int flags, Object... chunks) {
        var header = ByteBuffer.wrap(simple).order(ByteOrder.LITTLE_ENDIAN);
        // A key frame of VP8: its size stands behind the start code.
        var width = header.getShort(26) & 0x3FFF;
        var height = header.getShort(28) & 0x3FFF;
        var canvas =
                ByteBuffer.allocate(10)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(flags)
                        .put((byte) (width - 1))
                        .putShort((short) ((width - 1) >> 8))
                        .put((byte) (height - 1))
                        .putShort((short) ((height - 1) >> 8))
                        .array();
        var before = riff("VP8X", canvas);
        var behind = new byte[0];
        for (var at = 0; at < chunks.length; at += 2) {
            var chunk = riff((String) chunks[at], (byte[]) chunks[at + 1]);
            if (chunks[at].equals("ICCP")) {
                before = join(before, chunk);
            } else {
                behind = join(behind, chunk);
            }
        }
        var content =
                join(ascii("WEBP"), before, Arrays.copyOfRange(simple, 12, simple.length), behind);
        return riff("RIFF", content);
    }

    private static byte[] riff(String type, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii(type))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** A small file whose header promises much. */
    static byte[] bomb(ImageFormat format) throws IOException {
        var file =
                format == ImageFormat.AVIF || format == ImageFormat.HEIC
                        ? sample(format)
                        : file(detailed(64, 48), format);
        var bytes = ByteBuffer.wrap(file);
        switch (format) {
            case JPEG -> {
                var frame = 2;
                while ((file[frame + 1] & 0xFF) != 0xC0) {
                    frame += 2 + bytes.getShort(frame + 2);
                }
                bytes.putShort(frame + 5, (short) 50_000).putShort(frame + 7, (short) 50_000);
            }
            case PNG -> {
                bytes.putInt(16, 50_000).putInt(20, 50_000);
                var check = new CRC32();
                check.update(file, 12, 17);
                bytes.putInt(29, (int) check.getValue());
            }
            case GIF -> {
                bytes.order(ByteOrder.LITTLE_ENDIAN);
                bytes.putShort(6, (short) 50_000).putShort(8, (short) 50_000);
                var table = 13 + 3 * (2 << (file[10] & 7));
                while (file[table] == '!') {
                    table += 2;
                    while (file[table] != 0) {
                        table += 1 + (file[table] & 0xFF);
                    }
                    table++;
                }
                bytes.putShort(table + 5, (short) 50_000).putShort(table + 7, (short) 50_000);
            }
            case WEBP -> {
                bytes.order(ByteOrder.LITTLE_ENDIAN);
                bytes.putShort(26, (short) 16_383).putShort(28, (short) 16_383);
            }
            case AVIF, HEIC -> {
                var property = new String(file, StandardCharsets.ISO_8859_1).indexOf("ispe");
                // More, and libheif says no before anybody asks.
                bytes.putInt(property + 8, 16_000).putInt(property + 12, 16_000);
            }
        }
        return file;
    }

    static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var part = new byte[8192];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return out.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
