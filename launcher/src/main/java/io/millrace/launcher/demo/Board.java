package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Observations.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress per path and stage: a table that updates on a terminal, plain lines elsewhere. */
final class Board {

    private static final String ROW = "  %-14s %9s %9s %9s %9s %10s %13s";

    private final PrintWriter out;
    private final Expected expected;
    private final boolean terminal;
    private int linesOnScreen;
    private Observations last = Observations.nothing();

    Board(PrintWriter out, Expected expected, boolean terminal) {
        this.out = out;
        this.expected = expected;
        this.terminal = terminal;
    }

    void show(Observations seen, Duration elapsed) {
        if (terminal) {
            redraw(seen, elapsed);
        } else if (!seen.counts().equals(last.counts())) {
            out.println(summary(seen, elapsed));
        }
        last = seen;
        out.flush();
    }

    private void redraw(Observations seen, Duration elapsed) {
        if (linesOnScreen > 0) {
            out.printf("\u001b[%dA", linesOnScreen);
        }
        var lines = table(seen);
        lines.add(seconds(elapsed));
        lines.forEach(line -> out.printf("\u001b[2K%s%n", line));
        linesOnScreen = lines.size();
    }

    private List<String> table(Observations seen) {
        var lines = new ArrayList<String>();
        lines.add(
                ROW.formatted(
                        "", "sent", "executed", "stored", "archived", "announced", "dead letters"));
        for (var path : Path.values()) {
            var good = expected.good().getOrDefault(path, 0);
            lines.add(
                    ROW.formatted(
                            path.label(),
                            expected.sent(path),
                            isOrchestrated(path)
                                    ? of(seen.count(path, Stage.EXECUTED), expected.sent(path))
                                    : "–",
                            of(seen.count(path, Stage.STORED), good),
                            of(seen.count(path, Stage.ARCHIVED), good),
                            of(seen.count(path, Stage.ANNOUNCED), good),
                            of(
                                    seen.count(path, Stage.DEAD),
                                    expected.bad().getOrDefault(path, 0))));
        }
        return lines;
    }

    private String summary(Observations seen, Duration elapsed) {
        return "%s  stored %s, archived %s, announced %s, dead letters %s"
                .formatted(
                        seconds(elapsed),
                        of(seen.total(Stage.STORED), expected.results()),
                        of(seen.total(Stage.ARCHIVED), expected.results()),
                        of(seen.total(Stage.ANNOUNCED), expected.results()),
                        of(seen.total(Stage.DEAD), expected.deadLetters()));
    }

    static boolean isOrchestrated(Path path) {
        return path == Path.IMAGE || path == Path.WEBHOOK;
    }

    private static String of(int count, int wanted) {
        return count + "/" + wanted;
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "  %5.1f s", elapsed.toMillis() / 1000.0);
    }
}
