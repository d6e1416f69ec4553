package io.millrace.launcher;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody watches. */
final class Terminal {

    private Terminal() {}

    /** Whether the output goes to a terminal that can redraw lines. */
    @SuppressWarnings("SystemConsoleNull") // there may be none, whatever it is called
    static boolean isInteractive() {
        @Nullable Console console = System.console();
        return console != null && console.isTerminal();
    }
}
