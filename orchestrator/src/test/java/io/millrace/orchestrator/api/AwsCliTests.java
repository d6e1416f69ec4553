package io.millrace.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.OrchestratorFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI does what docs/aws-cli.md says. */
class AwsCliTests {

    private static final Pattern BLOCK =
            Pattern.compile("```(bash|text)\n(.*?)```", Pattern.DOTALL);
    private static final String END = "--- end of block";

    /** Where CI runs, the CLI has to be there. */
    static boolean isExpected() {
        return "true".equals(System.getenv("CI"))
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws")));
    }

    @Test
    @EnabledIf("isExpected")
    void theWalkThroughPrintsWhatItSays(@TempDir Path folder) throws Exception {
        var script = new StringBuilder("set -euo pipefail\n");
        var expected = new ArrayList<String>();
        var blocks = BLOCK.matcher(Files.readString(Path.of("../docs/aws-cli.md")));
        while (blocks.find()) {
            if (blocks.group(1).equals("bash")) {
                script.append(blocks.group(2)).append("echo '%s'%n".formatted(END));
                expected.add("");
            } else {
                expected.set(expected.size() - 1, blocks.group(2));
            }
        }

        var printed = run(folder, script.toString());

        assertThat(List.of(printed.split(END + "\n"))).containsExactlyElementsOf(expected);
    }

    private static String run(Path folder, String script) throws IOException, InterruptedException {
        var endpoint = OrchestratorFixture.shared().endpoint().toString();
        assertThat(script).contains("http://localhost:8083");
        var output = folder.resolve("output.txt");
        var file =
                Files.writeString(
                        folder.resolve("walk-through"),
                        script.replace("http://localhost:8083", endpoint));
        var process =
                new ProcessBuilder("bash", file.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
