package io.millrace.localcloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** local-cloud as a program, to be killed. */
record CloudProcess(Process process, URI endpoint) {

    private static final String READY = "local-cloud is ready: ";

    static CloudProcess start(Path dataDir, Path template) throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LocalCloudApplication.class.getName(),
                                "--port=0",
                                "--data-dir=" + dataDir,
                                "--template=" + template)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new CloudProcess(process, endpoint(process.inputReader()));
    }

    private static URI endpoint(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()));
            }
        }
        throw new AssertionError("local-cloud ended before it was ready");
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
