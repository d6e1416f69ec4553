package io.millrace.launcher;

import java.nio.file.Path;

/** Where the JVM's log goes; the same place that {@code logback.xml} names. */
final class LogFile {

    private LogFile() {}

    static Path path() {
        var set = System.getProperty("millrace.log");
        return set == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "millrace.log")
                : Path.of(set);
    }
}
