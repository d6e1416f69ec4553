package io.millrace.launcher;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a line, and keeps the stack trace for the log. */
final class Problems implements IExecutionExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @Override
    public int handleExecutionException(
            Exception problem, CommandLine command, ParseResult arguments) {
        // Of use to who looks, and in nobody's way: the terminal has warnings only.
        log.info("{} failed", command.getCommandName(), problem);
        var err = command.getErr();
        err.println(command.getColorScheme().errorText("millrace: " + chain(problem)));
        err.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String chain(Throwable problem) {
        // Some say all they know by their class.
        var text =
                new StringBuilder(
                        Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
        for (var cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && text.indexOf(cause.getMessage()) < 0) {
                text.append("\n  because: ").append(cause.getMessage());
            }
        }
        return text.toString();
    }
}
