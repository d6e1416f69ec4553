package io.millrace.launcher;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code millrace batch}: jobs of batch-job, from the terminal. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description = "Starts, watches, pauses, resumes and cancels batches.",
        footer = {
            "",
            "A pause or a cancellation takes effect at the end of the page that is being sent;"
                    + " lines that were sent are still worked off."
        })
final class BatchCommand implements Runnable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/(.+)");
    private static final Set<String> ENDED = Set.of("COMPLETE", "FAILED", "CANCELLED");
    private static final Duration LOOK = Duration.ofMillis(500);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: start, list, show, watch, pause, resume or cancel");
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Starts a batch of an object's lines and prints the job's id.")
    int start(
            @Mixin BatchService service,
            @Parameters(
                            paramLabel = "s3://BUCKET/KEY",
                            description = "A CSV, TSV or JSON Lines object.")
                    String address,
            @Option(
                            names = "--idempotency-key",
                            paramLabel = "K",
                            description = "Starting again with the same key finds the same job.")
                    @Nullable String key,
            @Option(names = "--watch", description = "Stay until it ends.") boolean watch)
            throws InterruptedException {
        var object = ADDRESS.matcher(address);
        if (!object.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "'%s' is no s3://BUCKET/KEY".formatted(address));
        }
        var wanted =
                JSON.createObjectNode().put("bucket", object.group(1)).put("key", object.group(2));
        var id = service.start(wanted.toString(), key).path("id").asString();
        say(id);
        return watch ? watch(service, id) : 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the latest jobs, the newest first.")
    int list(@Mixin BatchService service) {
        for (var job : service.get("")) {
            say(
                    "%s  %s  s3://%s/%s  %s"
                            .formatted(
                                    job.path("id").asString(),
                                    job.path("startedAt").asString(),
                                    job.path("bucket").asString(),
                                    job.path("key").asString(),
                                    line(job)));
        }
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a job as JSON.")
    int show(@Mixin BatchService service, @Parameters(paramLabel = "ID") String id) {
        say(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(service.get("/" + id)));
        return 0;
    }

    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description = "Shows a job's progress until it ends; the exit code is 0 if complete.")
    int watch(@Mixin BatchService service, @Parameters(paramLabel = "ID") String id)
            throws InterruptedException {
        var last = "";
        while (true) {
            var job = service.get("/" + id);
            var line = line(job);
            if (!line.equals(last)) {
                redraw(line, last);
                last = line;
            }
            var status = job.path("status").asString();
            if (ENDED.contains(status)) {
                if (Terminal.isInteractive()) {
                    say("");
                }
                return status.equals("COMPLETE") ? 0 : CommandLine.ExitCode.SOFTWARE;
            }
            Thread.sleep(LOOK);
        }
    }

    private void redraw(String line, String last) {
        if (!Terminal.isInteractive()) {
            say(line);
            return;
        }
        spec.commandLine()
                .getOut()
                .print("\r" + line + " ".repeat(Math.max(0, last.length() - line.length())));
        spec.commandLine().getOut().flush();
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Sends no more lines of jobs until they are resumed.")
    int pause(
            @Mixin BatchService service,
            @Parameters(arity = "1..*", paramLabel = "ID") List<String> ids) {
        return control(service, ids, "pause");
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Has paused jobs go on where they were.")
    int resume(
            @Mixin BatchService service,
            @Parameters(arity = "1..*", paramLabel = "ID") List<String> ids) {
        return control(service, ids, "resume");
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Ends jobs early: no more lines are sent, no end is announced.")
    int cancel(
            @Mixin BatchService service,
            @Parameters(arity = "1..*", paramLabel = "ID") List<String> ids) {
        return control(service, ids, "cancel");
    }

    private int control(BatchService service, List<String> ids, String action) {
        for (var id : ids) {
            say(id + "  " + line(service.post("/%s/%s".formatted(id, action))));
        }
        return 0;
    }

    /** {@code RUNNING 312 of 1,000 done, 1 failed, 687 remaining, until 10:15:42}. */
    private static String line(JsonNode job) {
        var done = job.path("done").asLong();
        var failed = job.path("failed").asLong();
        var remaining = job.path("remaining").asLong();
        var text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%s  %,d of %s%,d done, %,d failed, %,d remaining",
                                job.path("status").asString(),
                                done,
                                job.has("total") ? "" : "about ",
                                job.path("total").asLong(done + failed + remaining),
                                failed,
                                remaining));
        if (job.has("eta")) {
            text.append(", until ").append(job.path("eta").asString());
        }
        if (job.has("error")) {
            text.append(": ").append(job.path("error").asString());
        }
        return text.toString();
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
