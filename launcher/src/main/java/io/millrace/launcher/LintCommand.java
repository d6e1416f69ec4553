package io.millrace.launcher;

import io.millrace.launcher.lint.LintText;
import io.millrace.launcher.lint.Linted;
import io.millrace.orchestrator.cost.Assumptions;
import io.millrace.stateslanguage.lint.Finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code millrace lint}. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Reports what Step Functions would refuse in definitions, and what may go wrong with them,"
                    + " with line and column; predicts the cost of a run on Step Functions and here."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no errors; there may be warnings",
            "1:errors were found",
            "2:the command is wrong, or a file cannot be read"
        })
final class LintCommand implements Callable<Integer> {

    private static final String STDIN = "-";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** How the report is written. */
    enum Format {
        text,
        json
    }

    /** Type of the state machine. */
    enum Type {
        STANDARD,
        EXPRESS
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Definitions (.asl.json); - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--type",
            defaultValue = "STANDARD",
            description = "Of the state machine: ${COMPLETION-CANDIDATES} (default: STANDARD).")
    private Type type = Type.STANDARD;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "Of the report: ${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.text;

    @Option(
            names = "--items",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Items of each Map, and rounds of a loop at most (default: ${DEFAULT-VALUE}).")
    private int items = Assumptions.DEFAULT.items();

    @Option(
            names = "--task-seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long a task takes (default: ${DEFAULT-VALUE}).")
    private double taskSeconds;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "1000",
            description = "Size of the input, and of each result (default: ${DEFAULT-VALUE}).")
    private int payload = Assumptions.DEFAULT.payload();

    @Option(
            names = "--memory",
            paramLabel = "MB",
            defaultValue = "64",
            description =
                    "Memory of an Express execution on Step Functions (default: ${DEFAULT-VALUE}).")
    private int memory = Assumptions.DEFAULT.memory();

    @Override
    public Integer call() {
        var assumptions = assumptions();
        var linted =
                files.stream()
                        .map(file -> Linted.of(file, read(file), type == Type.EXPRESS, assumptions))
                        .toList();
        var out = spec.commandLine().getOut();
        switch (format) {
            case text -> linted.forEach(new LintText(out)::write);
            case json -> out.println(JSON.writeValueAsString(Map.of("files", linted)));
        }
        out.flush();
        return linted.stream().allMatch(each -> each.count(Severity.ERROR) == 0) ? 0 : 1;
    }

    private Assumptions assumptions() {
        try {
            return new Assumptions(
                    items, Duration.ofMillis(Math.round(taskSeconds * 1000)), payload, memory);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private String read(String file) {
        try {
            if (file.equals(STDIN)) {
                return read(System.in);
            }
            var path = CallersFolder.resolve(Path.of(file));
            if (Files.isDirectory(path)) {
                throw unreadable("%s is a folder; name the files in it".formatted(file), null);
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw unreadable("There is no file %s".formatted(file), e);
        } catch (AccessDeniedException e) {
            throw unreadable("%s may not be read by you".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw unreadable("%s is no text in UTF-8".formatted(file), e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private ParameterException unreadable(String why, @Nullable Throwable cause) {
        return new ParameterException(spec.commandLine(), why, cause);
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
