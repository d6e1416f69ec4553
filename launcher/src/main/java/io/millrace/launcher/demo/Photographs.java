package io.millrace.launcher.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.commons.imaging.formats.jpeg.exif.ExifRewriter;
import org.apache.commons.imaging.formats.tiff.constants.ExifTagConstants;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;

/** Landscapes as a camera would write them: JPEG, with an orientation and a place in their EXIF. */
public final class Photographs {

    /** EXIF orientation: turn by 90° clockwise to see it upright. */
    public static final int TURNED = 6;

    private final Random random;

    /**
     * @param seed the same seed makes the same photographs
     */
    public Photographs(long seed) {
        this.random = new Random(seed);
    }

    /** A photograph taken upright at a place that its EXIF tells. */
    public byte[] landscape(int width, int height) {
        return withExif(jpeg(width, height), 1);
    }

    /** A photograph taken with the camera held sideways. */
    public byte[] turned(int width, int height) {
        return withExif(jpeg(width, height), TURNED);
    }

    /** A photograph whose upload broke off halfway. */
    public byte[] truncated(int width, int height) {
        var whole = jpeg(width, height);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private byte[] jpeg(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        sky(canvas, width, height);
        for (var layer = 1; layer <= 4; layer++) {
            hills(canvas, width, height, layer);
        }
        canvas.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void sky(Graphics2D canvas, int width, int height) {
        canvas.setPaint(
                new GradientPaint(
                        0, 0, new Color(40, 90, 170), 0, height * 0.7f, new Color(250, 190, 120)));
        canvas.fillRect(0, 0, width, height);
        canvas.setColor(new Color(255, 240, 200));
        var sun = height / 8.0;
        canvas.fill(
                new Ellipse2D.Double(width * random.nextDouble(0.1, 0.8), height * 0.25, sun, sun));
    }

    private void hills(Graphics2D canvas, int width, int height, int layer) {
        var base = height * (0.35 + 0.13 * layer);
        var phase = random.nextDouble(Math.TAU);
        var hills = new Path2D.Double();
        hills.moveTo(0, height);
        for (var x = 0; x <= width; x += 4) {
            var swell = Math.sin(phase + x * Math.TAU * layer / width) * height * 0.07;
            hills.lineTo(x, base + swell + random.nextDouble(height * 0.006));
        }
        hills.lineTo(width, height);
        hills.closePath();
        canvas.setColor(new Color(60 - layer * 12, 110 - layer * 18, 80 - layer * 14));
        canvas.fill(hills);
    }

    private static byte[] withExif(byte[] jpeg, int orientation) {
        var out = new ByteArrayOutputStream();
        try {
            var exif = new TiffOutputSet();
            var root = exif.getOrCreateRootDirectory();
            root.add(TiffTagConstants.TIFF_TAG_ORIENTATION, (short) orientation);
            root.add(TiffTagConstants.TIFF_TAG_MAKE, "Millrace");
            root.add(TiffTagConstants.TIFF_TAG_MODEL, "Demo");
            exif.getOrCreateExifDirectory()
                    .add(ExifTagConstants.EXIF_TAG_DATE_TIME_ORIGINAL, "2026:11:23 10:15:30");
            exif.setGpsInDegrees(11.5755, 48.1374);
            new ExifRewriter().updateExifMetadataLossless(jpeg, out, exif);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
