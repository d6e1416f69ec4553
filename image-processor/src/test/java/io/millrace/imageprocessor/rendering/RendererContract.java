package io.millrace.imageprocessor.rendering;

import static io.millrace.imageprocessor.rendering.ImageFormat.AVIF;
import static io.millrace.imageprocessor.rendering.ImageFormat.GIF;
import static io.millrace.imageprocessor.rendering.ImageFormat.HEIC;
import static io.millrace.imageprocessor.rendering.ImageFormat.JPEG;
import static io.millrace.imageprocessor.rendering.ImageFormat.PNG;
import static io.millrace.imageprocessor.rendering.ImageFormat.WEBP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.icc.IccDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every renderer does alike, whatever it is made of. */
abstract class RendererContract {

    private static final RenditionSpec SMALL = new RenditionSpec("small", JPEG, 100);
    private static final long ENOUGH = 64 << 20;

    abstract Renderer renderer(long maxPixels, long memory);

    private Renderer renderer() {
        return renderer(1_000_000, ENOUGH);
    }

    @Test
    void itSaysWhatItReadsAndWrites() {
        assertThat(renderer().reads()).contains(JPEG, PNG, GIF, WEBP);
        assertThat(renderer().writes()).contains(JPEG, PNG, WEBP).doesNotContain(GIF, HEIC);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "GIF", "WEBP"})
    void eachRenditionHasTheLongerEdgeThatIsAskedFor(ImageFormat format) throws Exception {
        var done =
                render(
                        TestImages.file(TestImages.detailed(900, 600), format),
                        new RenditionSpec("small", JPEG, 75),
                        new RenditionSpec("large", JPEG, 450),
                        new RenditionSpec("medium", PNG, 225),
                        new RenditionSpec("thumbnail", WEBP, 75));
        assertThat(done.metadata().format()).isEqualTo(format);
        assertThat(done.metadata().width()).isEqualTo(900);
        assertThat(done.metadata().height()).isEqualTo(600);
        for (var rendition : done.renditions()) {
            var seen = seen(rendition);
            assertThat(ImageFormat.of(rendition.content())).contains(rendition.spec().format());
            assertThat(seen.getWidth()).isEqualTo(rendition.spec().maxEdge());
            assertThat(rendition.width()).isEqualTo(seen.getWidth());
            assertThat(rendition.height()).isEqualTo(seen.getHeight());
            assertThat(seen.getHeight() * 3.0 / 2)
                    .isBetween(seen.getWidth() - 1.5, seen.getWidth() + 1.5);
        }
    }

    @Test
    void aRenditionIsWhatWasSeenOnlySmaller() throws Exception {
        var image = TestImages.plain(800, 400, new Color(30, 60, 90));
        var canvas = image.createGraphics();
        canvas.setColor(new Color(220, 180, 140));
        canvas.fillRect(400, 0, 400, 400);
        canvas.dispose();
        var seen = seen(render(TestImages.file(image, PNG), SMALL));
        assertColour(seen, 20, 25, new Color(30, 60, 90), 4);
        assertColour(seen, 80, 25, new Color(220, 180, 140), 4);
    }

    @ParameterizedTest
    @CsvSource({"60, 40", "1, 1", "100, 100"})
    void anImageIsNeverEnlarged(int width, int height) throws Exception {
        var done = render(TestImages.file(TestImages.detailed(width, height), JPEG), SMALL);
        var rendition = done.renditions().getFirst();
        assertThat(rendition.width()).isEqualTo(width);
        assertThat(rendition.height()).isEqualTo(height);
    }

    @ParameterizedTest
    @CsvSource({"3000, 1, 100, 1", "1, 3000, 1, 100"})
    void aLineStaysALine(int width, int height, int smallWidth, int smallHeight) throws Exception {
        var done = render(TestImages.file(TestImages.detailed(width, height), PNG), SMALL);
        var rendition = done.renditions().getFirst();
        assertThat(rendition.width()).isEqualTo(smallWidth);
        assertThat(rendition.height()).isEqualTo(smallHeight);
    }

    /** Red above, blue below when seen upright: each orientation stores that in another way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWasHeldSidewaysIsUpright(int orientation) throws Exception {
        var file =
                TestImages.withPlace(TestImages.file(stored(orientation), JPEG), JPEG, orientation);
        var done = render(file, SMALL);
        assertThat(done.metadata().orientation()).isEqualTo(orientation);
        assertThat(done.metadata().width()).isEqualTo(100);
        assertThat(done.metadata().height()).isEqualTo(200);
        var upright = seen(done);
        assertThat(upright.getWidth()).isEqualTo(50);
        assertThat(upright.getHeight()).isEqualTo(100);
        assertColour(upright, 10, 10, Color.RED, 40);
        assertColour(upright, 40, 10, Color.GREEN, 40);
        assertColour(upright, 25, 90, Color.BLUE, 40);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void theOrientationIsThatOfTheExifInEveryFormat(ImageFormat format) throws Exception {
        var file = TestImages.file(TestImages.detailed(200, 100), format);
        var done = render(TestImages.withPlace(file, format, 6), SMALL);
        assertThat(done.metadata().orientation()).isEqualTo(6);
        assertThat(done.metadata().hadLocation()).isTrue();
        assertThat(done.renditions().getFirst().width()).isEqualTo(50);
        assertThat(done.renditions().getFirst().height()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void noRenditionTellsWhereAPhotographWasTaken(ImageFormat format) throws Exception {
        var file = TestImages.file(TestImages.detailed(200, 100), format);
        var whole = TestImages.withPlace(file, format, 1);
        assertThat(metadata(whole)).contains("Exif", "GPS").contains("ns.adobe.com/exif");
        for (var maxEdge : List.of(100, 400)) {
            for (var written : renderer().writes()) {
                var done = render(whole, new RenditionSpec("r", written, maxEdge));
                assertBare(done.renditions().getFirst());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void coloursOfAProfileBecomeThoseOfSrgb(ImageFormat format) throws Exception {
        var file = TestImages.file(TestImages.plain(320, 240, new Color(200, 100, 50)), format);
        var adobe = TestImages.withProfile(file, format, Profiles.adobeRgb());
        var p3 = TestImages.withProfile(file, format, Profiles.displayP3());
        for (var maxEdge : List.of(100, 400)) {
            var spec = new RenditionSpec("r", PNG, maxEdge);
            // Computed from the matrices of the profiles.
            assertColour(seen(render(adobe, spec)), 30, 30, new Color(227, 100, 42), 5);
            assertColour(seen(render(p3, spec)), 30, 30, new Color(215, 93, 31), 5);
            for (var written : renderer().writes()) {
                assertBare(
                        render(p3, new RenditionSpec("r", written, maxEdge))
                                .renditions()
                                .getFirst());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void aBrokenProfileIsNoHindrance(ImageFormat format) throws Exception {
        var file = TestImages.file(TestImages.plain(320, 240, new Color(200, 100, 50)), format);
        var broken =
                TestImages.withProfile(file, format, TestImages.ascii("no profile ".repeat(20)));
        assertColour(seen(render(broken, SMALL)), 30, 30, new Color(200, 100, 50), 5);
    }

    @Test
    void theInksOfACmykJpegAreThoseOfItsProfile() throws Exception {
        var profile = Profiles.inks();
        var cyan = TestImages.withProfile(TestImages.cmykJpeg(255, 0, 0, 0), JPEG, profile);
        assertColour(seen(render(cyan, SMALL)), 30, 30, new Color(20, 80, 200), 8);
        var paper = TestImages.withProfile(TestImages.cmykJpeg(0, 0, 0, 0), JPEG, profile);
        assertColour(seen(render(paper, SMALL)), 30, 30, Color.WHITE, 8);
    }

    /** Nobody knows the inks then: white is white, black is dark, and cyan is no red. */
    @Test
    void aCmykJpegWithoutAProfileHasPlausibleColours() throws Exception {
        assertColour(cmyk(0, 0, 0, 0), 30, 30, Color.WHITE, 4);
        assertColour(cmyk(0, 0, 0, 255), 30, 30, new Color(20, 20, 20), 40);
        assertColour(cmyk(255, 0, 0, 0), 30, 30, new Color(0, 200, 255), 70);
        assertColour(cmyk(0, 255, 255, 0), 30, 30, new Color(245, 20, 20), 60);
    }

    private BufferedImage cmyk(int cyan, int magenta, int yellow, int black) throws IOException {
        return seen(render(TestImages.cmykJpeg(cyan, magenta, yellow, black), SMALL));
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG"})
    void aShadeOfGreyStaysTheSame(ImageFormat format) throws Exception {
        for (var written : List.of(JPEG, PNG, WEBP)) {
            var spec = new RenditionSpec("r", written, 32);
            var seen = seen(render(TestImages.grey(142, format), spec));
            assertColour(seen, 10, 10, new Color(142, 142, 142), 4);
        }
    }

    @Test
    void sixteenBitsAChannelBecomeEight() throws Exception {
        for (var written : List.of(JPEG, PNG, WEBP)) {
            var spec = new RenditionSpec("r", written, 32);
            var colour = TestImages.sixteenBitPng(3, 200 * 257, 100 * 257, 50 * 257);
            assertColour(seen(render(colour, spec)), 10, 10, new Color(200, 100, 50), 6);
            var grey = TestImages.sixteenBitPng(1, 142 * 257);
            assertColour(seen(render(grey, spec)), 10, 10, new Color(142, 142, 142), 6);
        }
    }

    @Test
    void transparencyBecomesWhiteInAJpeg() throws Exception {
        var png = TestImages.file(transparent(), PNG);
        for (var maxEdge : List.of(100, 400)) {
            var seen = seen(render(png, new RenditionSpec("r", JPEG, maxEdge)));
            assertColour(seen, 20, 25, Color.WHITE, 3);
            assertColour(seen, seen.getWidth() - 20, 25, new Color(128, 255, 128), 8);
        }
    }

    @Test
    void transparencyStaysInAWebpAndInAPng() throws Exception {
        var png = TestImages.file(transparent(), PNG);
        for (var format : List.of(WEBP, PNG)) {
            for (var maxEdge : List.of(100, 400)) {
                var seen = seen(render(png, new RenditionSpec("r", format, maxEdge)));
                assertThat(new Color(seen.getRGB(20, 25), true).getAlpha()).isLessThan(3);
                var half = new Color(seen.getRGB(seen.getWidth() - 20, 25), true);
                assertThat(half.getAlpha()).isBetween(125, 131);
                assertThat(half.getGreen()).isGreaterThan(245);
            }
        }
    }

    private static BufferedImage transparent() {
        return TestImages.halfTransparent(
                200, 100, new Color(255, 0, 0, 0), new Color(0, 255, 0, 128));
    }

    @Test
    void ofAnAnimationTheFirstPictureIsRendered() throws Exception {
        var seen = seen(render(TestImages.animatedGif(Color.RED, Color.BLUE), SMALL));
        assertThat(seen.getHeight()).isEqualTo(48);
        assertColour(seen, 20, 20, Color.RED, 10);
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void aHeaderThatPromisesTooMuchIsRefusedBeforeDecoding(ImageFormat format) throws Exception {
        var refused = refused(TestImages.bomb(format));
        if (renderer().reads().contains(format)) {
            assertThat(refused.error()).isEqualTo("Image.TooManyPixels");
            assertThat(refused.cause()).contains("more than 1000000");
        } else {
            assertThat(refused.error()).isEqualTo("Image.UnsupportedType");
        }
    }

    @Test
    void onePixelMoreThanAllowedIsTooMuch() throws Exception {
        var image = TestImages.file(TestImages.detailed(101, 100), JPEG);
        var exact = renderer(10_100, ENOUGH).render(image, List.of(SMALL));
        assertThat(exact).isInstanceOf(Rendered.Done.class);
        var more = renderer(10_099, ENOUGH).render(image, List.of(SMALL));
        assertThat(((Rendered.Refused) more).error()).isEqualTo("Image.TooManyPixels");
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"GIF", "WEBP"})
    void whatTakesMoreMemoryThanThereIsIsRefused(ImageFormat format) throws Exception {
        var image = TestImages.file(TestImages.detailed(900, 900), format);
        var refused = (Rendered.Refused) renderer(1_000_000, 2 << 20).render(image, List.of(SMALL));
        assertThat(refused.error()).isEqualTo("Image.TooManyPixels");
        assertThat(refused.cause()).contains("give the service more memory");
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "GIF", "WEBP"})
    void aFileThatBreaksOffIsUnreadable(ImageFormat format) throws Exception {
        assertUnreadableWhereverItBreaksOff(TestImages.file(TestImages.detailed(400, 300), format));
    }

    @Test
    void aProgressiveJpegThatBreaksOffIsUnreadable() throws Exception {
        var whole = TestImages.progressiveJpeg(TestImages.detailed(400, 300));
        assertThat(render(whole, SMALL).metadata().width()).isEqualTo(400);
        assertUnreadableWhereverItBreaksOff(whole);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"AVIF", "HEIC"})
    void aPhonesFormatIsReadOrRefusedByItsName(ImageFormat format) throws Exception {
        var sample = TestImages.sample(format);
        if (renderer().reads().contains(format)) {
            var done = render(sample, SMALL);
            assertThat(done.metadata().format()).isEqualTo(format);
            assertThat(done.metadata().width()).isEqualTo(64);
            assertColour(seen(done), 30, 30, Color.BLACK, 5);
            assertUnreadableWhereverItBreaksOff(sample);
        } else {
            assertThat(refused(sample).error()).isEqualTo("Image.UnsupportedType");
        }
    }

    @Test
    void anAvifIsWrittenByWhoSaysSo() throws Exception {
        if (renderer().writes().contains(AVIF)) {
            var file = TestImages.file(TestImages.plain(320, 240, Color.RED), PNG);
            var content =
                    render(file, new RenditionSpec("r", AVIF, 100))
                            .renditions()
                            .getFirst()
                            .content();
            assertThat(ImageFormat.of(content)).contains(AVIF);
            assertColour(seen(render(content, SMALL)), 30, 30, Color.RED, 12);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "%PDF-1.7",
                "BM",
                "II*\0",
                "\0\0\0\u0018ftypmp42"
            })
    void whatIsNoImageIsRefused(String text) {
        assertThat(refused(text.getBytes(StandardCharsets.ISO_8859_1)).error())
                .isEqualTo("Image.UnsupportedType");
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "GIF", "WEBP"})
    void aHeaderWithNothingBehindItIsUnreadable(ImageFormat format) throws Exception {
        var file = TestImages.file(TestImages.detailed(64, 48), format);
        for (var length : List.of(12, 20, 40)) {
            assertThat(refused(Arrays.copyOf(file, length)).error())
                    .as("%s bytes", length)
                    .isEqualTo("Image.Unreadable");
        }
    }

    /** -Dfuzz=20000 damages more files of each format; what fails tells its seed. */
    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void aDamagedFileIsRenderedOrRefused(ImageFormat format) throws Exception {
        var renderer = renderer(100_000, ENOUGH);
        if (!renderer.reads().contains(format)) {
            return;
        }
        var seeds = new Random(20_261_127);
        for (var whole : TestImages.whole(format)) {
            for (var file = 0; file < Integer.getInteger("fuzz", 150); file++) {
                var seed = seeds.nextLong();
                var damaged = TestImages.damaged(whole, new Random(seed));
                assertThatCode(() -> renderer.render(damaged, List.of(SMALL)))
                        .as("%s bytes of %s, seed %s", whole.length, format, seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    private void assertUnreadableWhereverItBreaksOff(byte[] whole) {
        for (var part : List.of(2, 4, 10)) {
            var broken = Arrays.copyOf(whole, whole.length - whole.length / part);
            assertThat(refused(broken).error())
                    .as("without 1/%d", part)
                    .isEqualTo("Image.Unreadable");
        }
    }

    private Rendered.Done render(byte[] image, RenditionSpec... specs) {
        var rendered = renderer().render(image, List.of(specs));
        assertThat(rendered).isInstanceOf(Rendered.Done.class);
        return (Rendered.Done) rendered;
    }

    private Rendered.Refused refused(byte[] image) {
        var rendered = renderer().render(image, List.of(SMALL));
        assertThat(rendered).isInstanceOf(Rendered.Refused.class);
        return (Rendered.Refused) rendered;
    }

    private static BufferedImage seen(Rendered.Done done) throws IOException {
        return seen(done.renditions().getFirst());
    }

    private static BufferedImage seen(Rendered.Rendition rendition) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(rendition.content()));
    }

    private static void assertColour(
            BufferedImage image, int x, int y, Color wanted, int tolerance) {
        // Java takes its own grey for a linear one.
        var grey = image.getRaster().getNumBands() < 3;
        var rgb = image.getRGB(x, y);
        var colour = new Color(rgb);
        if (grey) {
            var shade = image.getRaster().getSample(x, y, 0);
            colour = new Color(shade, shade, shade);
        }
        assertThat(
                        List.of(
                                Math.abs(colour.getRed() - wanted.getRed()),
                                Math.abs(colour.getGreen() - wanted.getGreen()),
                                Math.abs(colour.getBlue() - wanted.getBlue())))
                .as("%s instead of %s", colour, wanted)
                .allMatch(difference -> difference <= tolerance);
    }

    /** What metadata-extractor finds, and what would be found if it overlooked it. */
    private static void assertBare(Rendered.Rendition rendition) throws Exception {
        var as = rendition.spec().format();
        var parsed =
                ImageMetadataReader.readMetadata(new ByteArrayInputStream(rendition.content()));
        assertThat(parsed.getDirectoriesOfType(ExifDirectoryBase.class)).as("%s", as).isEmpty();
        assertThat(parsed.getDirectoriesOfType(XmpDirectory.class)).as("%s", as).isEmpty();
        assertThat(parsed.getDirectoriesOfType(IccDirectory.class)).as("%s", as).isEmpty();
        assertThat(new String(rendition.content(), StandardCharsets.ISO_8859_1))
                .as("%s", as)
                .doesNotContain(
                        "Exif\0\0",
                        "EXIF",
                        "eXIf",
                        "XMP ",
                        "ns.adobe.com",
                        "ICC_PROFILE",
                        "iCCP",
                        "ICCP",
                        "iTXt",
                        "acsp");
    }

    private static String metadata(byte[] image) {
        var text = new String(image, StandardCharsets.ISO_8859_1);
        var exif = Enclosed.in(image, ImageFormat.of(image).orElseThrow()).exif();
        return exif.map(Exif::of).filter(Exif::hasLocation).map(_ -> "Exif with GPS ").orElse("")
                + text;
    }

    private static BufferedImage stored(int orientation) {
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
                var fromLeft =
                        switch (orientation) {
                            case 1, 4 -> x;
                            case 2, 3 -> 99 - x;
                            case 5, 8 -> y;
                            default -> 99 - y;
                        };
                var above = fromLeft < 50 ? Color.RED : Color.GREEN;
                image.setRGB(x, y, (fromTop < 100 ? above : Color.BLUE).getRGB());
            }
        }
        return image;
    }
}
