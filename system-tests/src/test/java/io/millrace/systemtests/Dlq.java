package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.MillraceCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** The command {@code ./millrace dlq} against a pipeline. */
record Dlq(Pipeline pipeline) {

    /** What it prints, if it succeeds. */
    String run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line =
                MillraceCommand.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));
        var words = new ArrayList<>(List.of("dlq"));
        words.addAll(List.of(arguments));
        words.add("--endpoint=" + pipeline.endpoint());
        words.add("--prefix=" + pipeline.prefix());
        assertThat(line.execute(words.toArray(String[]::new))).as(err::toString).isZero();
        return out.toString().strip();
    }
}
