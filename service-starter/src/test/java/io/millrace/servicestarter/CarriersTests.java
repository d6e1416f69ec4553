package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CarriersTests {

    @Test
    void spareCarriersAreTakenAwayAndComeBackWhereVirtualThreadsStandStill()
            throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("java.class.path");
        var process =
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        classes,
                                        Standstill.class.getName()))
                        .redirectError(Redirect.INHERIT)
                        .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it moves").isTrue();
            assertThat(process.inputReader(StandardCharsets.UTF_8).readAllLines())
                    .containsExactly("alone", "moved");
        } finally {
            process.destroyForcibly();
        }
    }
}
