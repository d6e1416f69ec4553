package io.millrace.imageprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.imageprocessor.libvips.Vips;
import io.millrace.imageprocessor.rendering.ImageFormat;
import io.millrace.imageprocessor.rendering.JavaRenderer;
import io.millrace.imageprocessor.rendering.Renderer;
import io.millrace.imageprocessor.rendering.RendererChoice;
import io.millrace.imageprocessor.rendering.RenditionSpec;
import io.millrace.imageprocessor.rendering.UnusableRenderer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RendererChoiceTests {

    private static final List<String> NOWHERE = List.of("/no/such/libvips.so");
    private static final RenditionSpec JPEG = new RenditionSpec("small", ImageFormat.JPEG, 200);
    private static final RenditionSpec AVIF = new RenditionSpec("modern", ImageFormat.AVIF, 200);

    @Test
    void whereThereIsNoLibvipsJavaRenders() {
        assertThat(chosen(RendererChoice.AUTO, JPEG)).isInstanceOf(JavaRenderer.class);
    }

    @Test
    void javaRendersWhereItIsAskedForWhateverThereIs() {
        var renderer = RendererChoice.JAVA.renderer(Vips.USUAL_NAMES, 1_000_000, 2, List.of(JPEG));
        assertThat(renderer).isInstanceOf(JavaRenderer.class);
    }

    @Test
    void whoWantsLibvipsAndHasNoneIsToldWhereItWasLookedFor() {
        assertThatExceptionOfType(UnusableRenderer.class)
                .isThrownBy(() -> chosen(RendererChoice.VIPS, JPEG))
                .withMessageContaining("there is no /no/such/libvips.so")
                .satisfies(e ->
                        assertThat(e.remedy())
                                .contains("libvips42", "millrace.image.vips-library"));
    }

    @Test
    void aFormatThatTheRendererLacksIsNamedWithItsRendition() {
        assertThatExceptionOfType(UnusableRenderer.class)
                .isThrownBy(() -> chosen(RendererChoice.AUTO, JPEG, AVIF))
                .withMessageContaining("modern (AVIF)")
                .withMessageContaining("it writes [JPEG, PNG, WEBP]");
    }

    @Test
    void theServiceDoesNotStartAndSaysWhatToDo(CapturedOutput output) {
        var builder = ImageProcessorApplication.builder();
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() ->
                        builder.run(
                                "--server.port=0",
                                "--AWS_ENDPOINT_URL=http://127.0.0.1:1",
                                "--millrace.image.renderer=vips",
                                "--millrace.image.vips-library=/no/such/libvips.so"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("libvips is not to be had: there is no /no/such/libvips.so")
                .contains("apt-get install libvips42");
    }

    private static Renderer chosen(RendererChoice choice, RenditionSpec... specs) {
        return choice.renderer(NOWHERE, 1_000_000, 2, List.of(specs));
    }
}
