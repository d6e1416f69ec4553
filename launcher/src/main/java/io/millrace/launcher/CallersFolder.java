package io.millrace.launcher;

import java.nio.file.Path;

/** The folder where the user is: the script changes to the project's. */
final class CallersFolder {

    private CallersFolder() {}

    /** What a name means to the user. */
    static Path resolve(Path name) {
        return Path.of(System.getProperty("millrace.caller", "")).resolve(name);
    }
}
