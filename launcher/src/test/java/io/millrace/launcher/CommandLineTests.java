package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("up", "demo");
    }

    @Test
    void helpOfUpNamesEveryOption() {
        assertThat(run("up", "--help")).isZero();
        assertThat(out.toString()).contains("--port", "--data-dir", "--only", "--workflow");
    }

    @Test
    void anUnknownPartIsAnsweredWithTheKnownOnes() {
        assertThat(run("up", "--only", "local-clod")).isEqualTo(2);
        assertThat(err.toString()).contains("local-clod").contains("transform-load");
    }

    @Test
    void aWorkflowThatIsNotThereIsNamed() {
        assertThat(run("up", "--workflow", "nowhere/my.asl.json")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere/my.asl.json");
    }

    @Test
    void theScriptKnowsEveryCommand() throws IOException {
        var script = Files.readString(Path.of("../millrace"));
        var usage = script.substring(0, script.indexOf("\nTEXT\n"));
        var forwarded =
                script.lines()
                        .filter(line -> line.endsWith("run \"$@\" ;;"))
                        .findFirst()
                        .orElseThrow();

        for (var command : MillraceCommand.commandLine().getSubcommands().keySet()) {
            assertThat(usage).contains("\n  %s ".formatted(command));
            assertThat(forwarded.split("[ |)]+")).contains(command);
        }
    }

    @Test
    void whatRunsDoesNotLoseItsLogToACommandBesideIt() {
        assertThat(LogFile.name("up", "--port", "0")).isEqualTo("millrace.log");
        assertThat(LogFile.name("lint", "my.asl.json")).isEqualTo("millrace-lint.log");
        assertThat(LogFile.name("--help")).isEqualTo("millrace-help.log");
        assertThat(LogFile.name()).isEqualTo("millrace.log");
    }

    private int run(String... arguments) {
        return MillraceCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
    }
}
