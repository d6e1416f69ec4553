package io.millrace.launcher;

import io.millrace.servicestarter.Carriers;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code ./millrace}. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        version = "millrace 0.1.0-SNAPSHOT",
        description = "An event-processing pipeline for AWS that runs anywhere.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            BatchCommand.class,
            DlqCommand.class,
            LintCommand.class,
            ProvisionCommand.class
        },
        footer = {
            "",
            "Also, by the script: ./millrace test runs every test, ./millrace build only builds, ./millrace"
                    + " images builds the container images."
        })
public final class MillraceCommand {

    public static void main(String[] arguments) {
        Carriers.addSpare();
        LogFile.choose(arguments);
        // One logging system for all contexts, set up here: each of them would reset it for all.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("logback.configurationFile", "io/millrace/launcher/logback.xml");
        System.setProperty("DDB_LOCAL_TELEMETRY", "0");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var line = commandLine();
        LogFile.problem().ifPresent(problem -> line.getErr().println("millrace: " + problem));
        System.exit(line.execute(arguments));
    }

    /** The command line itself: what its output and exit code are is the caller's to see. */
    public static CommandLine commandLine() {
        return new CommandLine(new MillraceCommand())
                .registerConverter(Part.class, MillraceCommand::part)
                .setParameterExceptionHandler(new WrongArguments())
                .setExecutionExceptionHandler(new Problems());
    }

    private static Part part(String moduleName) {
        try {
            return Part.named(moduleName);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
