package io.millrace.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document whose {@code bash} blocks are one script, each followed by what it prints in a {@code
 * text} block.
 */
public final class WalkThrough {

    private static final Pattern BLOCK =
            Pattern.compile("```(bash|text)\n(.*?)```", Pattern.DOTALL);
    private static final String END = "--- end of block";

    private final StringBuilder script = new StringBuilder("set -euo pipefail\n");
    private final List<String> expected = new ArrayList<>();

    private WalkThrough() {}

    /** Whether the AWS CLI is there, or has to be: where CI runs. */
    public static boolean isExpected() {
        return "true".equals(System.getenv("CI"))
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws")));
    }

    /** Reads a document. */
    public static WalkThrough of(Path document) throws IOException {
        var walk = new WalkThrough();
        var blocks = BLOCK.matcher(Files.readString(document));
        while (blocks.find()) {
            if (blocks.group(1).equals("bash")) {
                walk.script.append(blocks.group(2)).append("echo '%s'%n".formatted(END));
                walk.expected.add("");
            } else {
                walk.expected.set(walk.expected.size() - 1, blocks.group(2));
            }
        }
        return walk;
    }

    /** Runs it in a folder, against an endpoint in the documented one's place. */
    public void printsWhatItSays(Path folder, String documented, URI endpoint)
            throws IOException, InterruptedException {
        assertThat(script.toString()).contains(documented);
        var file =
                Files.writeString(
                        folder.resolve("walk-through"),
                        script.toString().replace(documented, endpoint.toString()));
        var printed = run(folder, file).replace(endpoint.toString(), documented);
        assertThat(List.of(printed.split(END + "\n"))).containsExactlyElementsOf(expected);
    }

    private static String run(Path folder, Path script) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var process =
                new ProcessBuilder("bash", script.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
