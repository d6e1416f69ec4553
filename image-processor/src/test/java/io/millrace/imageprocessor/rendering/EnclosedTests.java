package io.millrace.imageprocessor.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnclosedTests {

    @Test
    void aProfileThatInflatesWithoutEndIsNone() throws Exception {
        var png = TestImages.file(TestImages.detailed(10, 10), ImageFormat.PNG);
        var trap = TestImages.withProfile(png, ImageFormat.PNG, new byte[9 << 20]);
        assertThat(Enclosed.in(trap, ImageFormat.PNG).profile()).isEmpty();
        var usual = TestImages.withProfile(png, ImageFormat.PNG, Profiles.adobeRgb());
        assertThat(Enclosed.in(usual, ImageFormat.PNG).profile()).contains(Profiles.adobeRgb());
    }

    /** A profile longer than a segment of 64 KB. */
    @Test
    void aProfileInPartsIsPutTogetherByTheirNumbers() throws Exception {
        var jpeg = TestImages.file(TestImages.detailed(10, 10), ImageFormat.JPEG);
        var head = TestImages.ascii("ICC_PROFILE\0");
        var first = TestImages.join(head, new byte[] {1, 2}, TestImages.ascii("first, "));
        var second = TestImages.join(head, new byte[] {2, 2}, TestImages.ascii("second"));
        var turned =
                TestImages.withSegment(TestImages.withSegment(jpeg, 0xE2, first), 0xE2, second);
        assertThat(Enclosed.in(turned, ImageFormat.JPEG).profile())
                .contains(TestImages.ascii("first, second"));
    }

    @Test
    void onlyAProgressiveJpegNeedsAllPixelsAtOnce() throws Exception {
        var image = TestImages.detailed(64, 48);
        var baseline = TestImages.file(image, ImageFormat.JPEG);
        assertThat(Enclosed.in(baseline, ImageFormat.JPEG).rowByRow()).isTrue();
        assertThat(Enclosed.in(TestImages.progressiveJpeg(image), ImageFormat.JPEG).rowByRow())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void aFileThatBreaksOffAnywhereIsNoHindrance(ImageFormat format) throws Exception {
        var whole =
                TestImages.withPlace(
                        TestImages.file(TestImages.detailed(20, 20), format), format, 6);
        for (var length = 0; length < whole.length; length++) {
            assertThat(Enclosed.in(Arrays.copyOf(whole, length), format)).isNotNull();
        }
    }
}
