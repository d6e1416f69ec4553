package io.millrace.imageprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.GpsDirectory;
import io.millrace.imageprocessor.rendering.ImageFormat;
import io.millrace.imageprocessor.rendering.JavaRenderer;
import io.millrace.imageprocessor.rendering.Rendered;
import io.millrace.imageprocessor.rendering.RenditionSpec;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.imaging.formats.jpeg.exif.ExifRewriter;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTests {

    private static final RenditionSpec SMALL = new RenditionSpec("small", ImageFormat.JPEG, 100);

    private final JavaRenderer renderer = new JavaRenderer(1_000_000);

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void noOutputFormatTellsWhereAPhotographWasTaken(ImageFormat format) throws Exception {
        var done = render(withExif(jpeg(400, 300), 1), new RenditionSpec("r", format, 200));
        assertThat(done.metadata().hadLocation()).isTrue();
        var content = done.renditions().getFirst().content();
        var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content));
        assertThat(metadata.getDirectoriesOfType(GpsDirectory.class)).isEmpty();
        assertThat(ImageIO.read(new ByteArrayInputStream(content)).getWidth()).isEqualTo(200);
    }

    /** Red above, blue below when seen upright: each orientation stores that in another way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWasHeldSidewaysIsUpright(int orientation) throws Exception {
        var done = render(withExif(stored(orientation), orientation), SMALL);
        var upright =
                ImageIO.read(new ByteArrayInputStream(done.renditions().getFirst().content()));
        assertThat(upright.getWidth()).isEqualTo(50);
        assertThat(upright.getHeight()).isEqualTo(100);
        assertThat(new Color(upright.getRGB(25, 10)).getRed()).isGreaterThan(200);
        assertThat(new Color(upright.getRGB(25, 90)).getBlue()).isGreaterThan(200);
    }

    @Test
    void anImageIsNeverEnlarged() throws Exception {
        var rendition = render(jpeg(60, 40), SMALL).renditions().getFirst();
        assertThat(rendition.width()).isEqualTo(60);
        assertThat(rendition.height()).isEqualTo(40);
    }

    @Test
    void transparencyBecomesWhiteInAJpeg() throws Exception {
        var image = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        var rendition = render(out.toByteArray(), SMALL).renditions().getFirst();
        var seen = ImageIO.read(new ByteArrayInputStream(rendition.content()));
        assertThat(new Color(seen.getRGB(25, 25))).isEqualTo(Color.WHITE);
    }

    @Test
    void aFileThatBreaksOffIsUnreadable() throws Exception {
        var whole = jpeg(400, 300);
        for (var part : List.of(2, 4, 10)) {
            assertThat(refused(Arrays.copyOf(whole, whole.length - whole.length / part)).error())
                    .as("without 1/%d", part)
                    .isEqualTo("Image.Unreadable");
        }
    }

    @Test
    void morePixelsThanAllowedAreRefusedByTheHeader() throws Exception {
        assertThat(refused(jpeg(1001, 1000)).error()).isEqualTo("Image.TooManyPixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "<svg/>", "%PDF-1.7"})
    void whatIsNoImageIsRefused(String text) {
        assertThat(refused(text.getBytes(StandardCharsets.UTF_8)).error())
                .isEqualTo("Image.UnsupportedType");
    }

    @Test
    void aHeaderWithNothingBehindItIsUnreadable() {
        assertThat(
                        refused(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0})
                                .error())
                .isEqualTo("Image.Unreadable");
    }

    private Rendered.Done render(byte[] image, RenditionSpec... specs) {
        return (Rendered.Done) renderer.render(image, List.of(specs));
    }

    private Rendered.Refused refused(byte[] image) {
        return (Rendered.Refused) renderer.render(image, List.of(SMALL));
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var x = 0; x < width; x++) {
            for (var y = 0; y < height; y++) {
                image.setRGB(x, y, x * 31 + y * 57 + (x * y) % 255);
            }
        }
        return encoded(image);
    }

    private static byte[] stored(int orientation) throws IOException {
        var turned = orientation >= 5;
        var image =
                new BufferedImage(
                        turned ? 200 : 100, turned ? 100 : 200, BufferedImage.TYPE_INT_RGB);
        for (var x = 0; x < image.getWidth(); x++) {
            for (var y = 0; y < image.getHeight(); y++) {
                // EXIF: where the 0th row and the 0th column of what is stored are seen.
                var fromTop =
                        switch (orientation) {
                            case 1, 2 -> y;
                            case 3, 4 -> 199 - y;
                            case 5, 6 -> x;
                            default -> 199 - x;
                        };
                image.setRGB(x, y, (fromTop < 100 ? Color.RED : Color.BLUE).getRGB());
            }
        }
        return encoded(image);
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    private static byte[] withExif(byte[] jpeg, int orientation) throws IOException {
        var exif = new TiffOutputSet();
        exif.getOrCreateRootDirectory()
                .add(TiffTagConstants.TIFF_TAG_ORIENTATION, (short) orientation);
        exif.setGpsInDegrees(11.5755, 48.1374);
        var out = new ByteArrayOutputStream();
        new ExifRewriter().updateExifMetadataLossless(jpeg, out, exif);
        return out.toByteArray();
    }
}
