package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTests {

    @Test
    void aCacheIsNotTrainedTwiceAtATime(@TempDir Path folder) throws IOException {
        var wanted = folder.resolve("a.aot").toString();
        assertThat(AotCache.isBeingTrained(wanted)).isFalse();

        var training =
                new ProcessBuilder("sh", "-c", "sleep 60; true", "-XX:AOTCacheOutput=" + wanted)
                        .start();
        try {
            assertThat(AotCache.isBeingTrained(wanted)).isTrue();
        } finally {
            training.descendants().forEach(ProcessHandle::destroy);
            training.destroy();
        }
    }
}
