package io.millrace.launcher;

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
        log.debug("{} failed", command.getCommandName(), problem);
        var err = command.getErr();
        err.println(command.getColorScheme().errorText("millrace: " + chain(problem)));
        err.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String chain(Throwable problem) {
        var text = new StringBuilder(String.valueOf(problem.getMessage()));
        for (var cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && text.indexOf(cause.getMessage()) < 0) {
                text.append("\n  because: ").append(cause.getMessage());
            }
        }
        return text.toString();
    }
}
