package io.millrace.imageprocessor.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.millrace.imageprocessor.libvips.Vips;
import io.millrace.imageprocessor.libvips.Vips.Loading;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where libvips is: Debian's package libvips42, or the library that MILLRACE_VIPS_LIBRARY names.
 */
class VipsRendererTests extends RendererContract {

    private static Vips vips;

    @BeforeAll
    static void load() {
        var named = System.getenv("MILLRACE_VIPS_LIBRARY");
        vips =
                switch (Vips.load(named == null ? Vips.USUAL_NAMES : List.of(named), 1)) {
                    case Loading.Loaded(var loaded) -> loaded;
                    case Loading.Absent(var reason) -> {
                        if ("true".equals(System.getenv("CI"))) {
                            throw new IllegalStateException("apt-get install libvips42: " + reason);
                        }
                        yield abort(reason);
                    }
                };
    }

    @Override
    Renderer renderer(long maxPixels, long memory) {
        return new VipsRenderer(vips, maxPixels, memory);
    }

    @Test
    void whatIsNoLibvipsIsSaidToBeNone() {
        assertThat(Vips.load(List.of("libm.so.6"), 1))
                .isInstanceOfSatisfying(
                        Loading.Absent.class,
                        absent ->
                                assertThat(absent.reason())
                                        .contains("libm.so.6", "another library"));
        assertThat(Vips.load(List.of("/no/such/libvips.so"), 1))
                .isEqualTo(new Loading.Absent("there is no /no/such/libvips.so"));
    }
}
