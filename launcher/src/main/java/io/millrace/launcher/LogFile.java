package io.millrace.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Where the JVM's log goes: what {@code millrace.log} names is what {@code logback.xml} takes. */
final class LogFile {

    private static final String PROPERTY = "millrace.log";

    private LogFile() {}

    /** Chooses the file, if the user has not. */
    static void choose(String... arguments) {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, standard(arguments));
        }
    }

    /**
     * {@code up} has a file for itself: a file begins anew at each start, and what runs would lose
     * its log to a {@code lint} beside it.
     */
    static String name(String... arguments) {
        var command = arguments.length == 0 ? "" : arguments[0].replaceAll("[^a-z]", "");
        return command.isEmpty() || command.equals("up")
                ? "millrace.log"
                : "millrace-%s.log".formatted(command);
    }

    static Path path() {
        return Path.of(System.getProperty(PROPERTY, standard()));
    }

    private static String standard(String... arguments) {
        return Path.of(System.getProperty("java.io.tmpdir"), name(arguments)).toString();
    }

    /** Why nothing can be written there; Logback would keep it to itself. */
    static Optional<String> problem() {
        try {
            Files.newOutputStream(path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "there is no log: %s cannot be written; MILLRACE_JAVA_OPTS=-Dmillrace.log=FILE names another"
                            .formatted(path()));
        }
    }
}
