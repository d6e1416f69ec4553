package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Observations.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What lies where when all is done, and the line that says whether it is right. */
final class Report {

    private final PrintWriter out;
    private final Aws aws;
    private final Expected expected;

    Report(PrintWriter out, Aws aws, Expected expected) {
        this.out = out;
        this.aws = aws;
        this.expected = expected;
    }

    /** Prints the report; whether nothing is missing and nothing doubled. */
    boolean print(Observations seen, Observer observer, Duration took) {
        out.printf("%nWhat lies where%n");
        line("items", seen.total(Stage.STORED), "table " + aws.name("ResultsTable"));
        line(
                "archived",
                seen.total(Stage.ARCHIVED),
                "s3://%s/archive/".formatted(aws.name("ResultsBucket")));
        line("renditions", renditions(), "s3://%s/images/".formatted(aws.name("ResultsBucket")));
        line(
                "notifications",
                observer.announced().size(),
                "topic %s, received by a subscriber (distinct ids; %d delivered twice)"
                        .formatted(aws.name("NotificationsTopic"), seen.repeats()));
        line(
                "dead letters",
                observer.deadLetters().size(),
                "queue " + aws.name("DeadLettersQueue"));
        observer.deadLetters().values().stream()
                .map(event -> event.data())
                .forEach(failure ->
                        out.printf(
                                "                  %s: %s, %s%n",
                                failure.origin(), failure.error(), shortened(failure.cause())));
        times(seen);
        var differences = seen.differences(expected);
        out.println();
        if (differences.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "demo ok: %d events, %d results, %d notifications, %d dead letters in %.1f s%n",
                    expected.events(),
                    seen.total(Stage.STORED),
                    observer.announced().size(),
                    observer.deadLetters().size(),
                    took.toMillis() / 1000.0);
        } else {
            out.printf("demo failed: %s%n", String.join("; ", differences));
        }
        out.flush();
        return differences.isEmpty();
    }

    private void times(Observations seen) {
        out.printf("%nTime from the first trigger to the last arrival, per stage%n");
        for (var path : Path.values()) {
            out.printf(
                    "  %-14s %s%n",
                    path.label(),
                    Arrays.stream(Stage.values())
                            .filter(stage -> stage != Stage.EXECUTED || Board.isOrchestrated(path))
                            .map(stage ->
                                    String.format(
                                            Locale.ROOT,
                                            "%s %.1f s",
                                            stage.label(),
                                            seen.lastChange(path, stage).toMillis() / 1000.0))
                            .collect(Collectors.joining(", ")));
        }
    }

    private int renditions() {
        return (int)
                aws
                        .s3()
                        .listObjectsV2Paginator(request ->
                                request.bucket(aws.name("ResultsBucket")).prefix("images/"))
                        .contents()
                        .stream()
                        .count();
    }

    private void line(String what, int count, String where) {
        out.printf("  %-14s %5d  %s%n", what, count, where);
    }

    private static String shortened(String text) {
        var line = text.lines().findFirst().orElse("");
        return line.length() <= 100 ? line : line.substring(0, 99) + "…";
    }
}
