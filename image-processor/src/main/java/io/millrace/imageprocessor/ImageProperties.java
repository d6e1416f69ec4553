package io.millrace.imageprocessor;

import io.millrace.imageprocessor.libvips.Vips;
import io.millrace.imageprocessor.rendering.ImageFormat;
import io.millrace.imageprocessor.rendering.RendererChoice;
import io.millrace.imageprocessor.rendering.RenditionSpec;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of image-processor.
 *
 * @param maxSize the longest object that is read
 * @param maxPixels the most pixels that are decoded, by the image's header
 * @param stateMachine the name of the state machine that an upload starts
 * @param renderer what renders
 * @param vipsLibrary the file of libvips, or a name that the system's linker finds; where the
 *     systems' packages put it if it is not given
 * @param renditions what is made of each image
 */
@ConfigurationProperties("millrace.image")
record ImageProperties(
        @DefaultValue("100MB") DataSize maxSize,
        @DefaultValue("100000000") long maxPixels,
        @DefaultValue("image") String stateMachine,
        @DefaultValue("auto") RendererChoice renderer,
        Optional<String> vipsLibrary,
        @DefaultValue List<RenditionSpec> renditions) {

    private static final List<RenditionSpec> DEFAULT_RENDITIONS =
            List.of(
                    new RenditionSpec("large", ImageFormat.JPEG, 1600),
                    new RenditionSpec("medium", ImageFormat.JPEG, 800),
                    new RenditionSpec("small", ImageFormat.JPEG, 200),
                    new RenditionSpec("thumbnail", ImageFormat.WEBP, 200));

    ImageProperties {
        // An empty list is what a user gets who writes none.
        renditions = renditions.isEmpty() ? DEFAULT_RENDITIONS : List.copyOf(renditions);
    }

    List<String> vipsLibraries() {
        return vipsLibrary.filter(name -> !name.isBlank()).map(List::of).orElse(Vips.USUAL_NAMES);
    }
}
