package io.millrace.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the JDK's ahead-of-time cache (JEP 483, 514) once, in a process of its own, after a start
 * that had none: never in the user's way, so behind everything else on the machine. The script sets
 * {@code millrace.aot} to the file that is wanted and uses it from the next start on.
 */
final class AotCache {

    /** Set for the process that trains, so that it does not train in turn. */
    static final String TRAINING = "millrace.aot.training";

    private static final Path NICE = Path.of("/usr/bin/nice");

    private static final Logger log = LoggerFactory.getLogger(AotCache.class);

    private AotCache() {}

    static void trainInBackground() {
        var wanted = System.getProperty("millrace.aot");
        if (wanted == null
                || Boolean.getBoolean(TRAINING)
                || Files.exists(Path.of(wanted))
                || isBeingTrained(wanted)) {
            return;
        }
        try {
            new ProcessBuilder(command(wanted))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(Path.of(wanted + ".out").toFile()))
                    .start();
            log.info("training the AOT cache {} in the background", wanted);
        } catch (IOException e) {
            log.warn("the AOT cache was not trained; starts stay as slow as this one", e);
        }
    }

    private static List<String> command(String wanted) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var training =
                List.of(
                        java,
                        output(wanted),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-D%s=true".formatted(TRAINING),
                        "-Dmillrace.log=" + wanted + ".log",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MillraceCommand.class.getName(),
                        "demo");
        return Files.isExecutable(NICE)
                ? Stream.concat(Stream.of(NICE.toString(), "-n", "19"), training.stream()).toList()
                : training;
    }

    /** Two at once would take twice the time, and write the same files. */
    static boolean isBeingTrained(String wanted) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .anyMatch(line -> line.contains(output(wanted)));
    }

    private static String output(String wanted) {
        return "-XX:AOTCacheOutput=" + wanted;
    }
}
