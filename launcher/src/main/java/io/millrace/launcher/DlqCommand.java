package io.millrace.launcher;

import io.millrace.errorhandler.deadletters.DeadLetter;
import io.millrace.errorhandler.deadletters.DeadLetters.Replayed;
import io.millrace.errorhandler.deadletters.Pace;
import io.millrace.errorhandler.deadletters.Replays.Outcome;
import io.millrace.errorhandler.groups.GroupStore;
import io.millrace.errorhandler.http.DeadLetterView;
import io.millrace.errorhandler.http.GroupView;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code millrace dlq}: what failed for good, and the way back for it. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, replays and drops what failed for good.",
        footer = {
            "",
            "While a command reads the queue its messages are hidden from others: run one at a time.",
            "A replay sends the original event again, or lets its execution go on from the failed state;"
                    + " every effect is keyed by the event, so that it has effect once."
        })
final class DlqCommand implements Runnable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: list, groups, show, replay or drop");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists dead letters, one a line.")
    int list(
            @Mixin DlqSource source,
            @Mixin DlqFilter filter,
            @Option(
                            names = "--groups",
                            description =
                                    "One line for those that failed alike, with first and last; see also groups.")
                    boolean groups,
            @Option(names = "--json", description = "As JSON, whole.") boolean json) {
        var found = source.with(letters -> letters.list(filter.filter(List.of()), filter.limit()));
        if (json) {
            out().println(json(found));
        } else if (groups) {
            groups(found);
        } else {
            found.forEach(letter -> out().println(line(letter)));
            out().printf("%d dead letters%n", found.size());
        }
        out().flush();
        return 0;
    }

    @Command(
            name = "groups",
            mixinStandardHelpOptions = true,
            description =
                    "Lists what has failed alike in the last 90 days, also what was replayed or"
                            + " dropped: how many, first, last, id, and where with which error.")
    int groups(
            @Mixin DlqSource source,
            @Option(names = "--json", description = "As JSON.") boolean json) {
        var groups = GroupView.of(source.withGroups(GroupStore::all));
        if (json) {
            out().println(JSON.writeValueAsString(groups));
        } else {
            groups.forEach(group ->
                    out().printf(
                                    Locale.ROOT,
                                    "%6d  %s  %s  %s  %s %s %s%n",
                                    group.count(),
                                    group.firstSeen(),
                                    group.lastSeen(),
                                    group.id(),
                                    group.origin(),
                                    Objects.requireNonNullElse(group.failedState(), "-"),
                                    group.error()));
            out().printf("%d groups%n", groups.size());
        }
        out().flush();
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows dead letters whole, as JSON.")
    int show(
            @Mixin DlqSource source,
            @Mixin DlqFilter filter,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "ID",
                            description = "Ids, or their first characters.")
                    List<String> ids) {
        var found = source.with(letters -> letters.list(filter.filter(ids), filter.limit()));
        out().println(json(found));
        out().flush();
        return found.isEmpty() ? nothing() : 0;
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Sends dead letters again and takes them off the queue.")
    int replay(
            @Mixin DlqSource source,
            @Mixin DlqFilter filter,
            @Option(names = "--dry-run", description = "Only say which.") boolean dryRun,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "At most N a second (default: as fast as it goes).")
                    double rate,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "ID",
                            description = "Ids, or their first characters.")
                    List<String> ids) {
        if (dryRun) {
            var found = source.with(letters -> letters.list(filter.filter(ids), filter.limit()));
            found.forEach(letter -> out().println(line(letter)));
            out().printf("%d would be replayed%n", found.size());
            out().flush();
            return 0;
        }
        Consumer<Replayed> tell =
                each -> {
                    out().printf("%s  %s%n", each.letter().id(), text(each.outcome()));
                    out().flush();
                };
        var replayed =
                source.with(letters ->
                        letters.replay(
                                filter.filter(ids), filter.limit(), Pace.perSecond(rate), tell));
        var refused =
                replayed.stream().filter(each -> each.outcome() instanceof Outcome.Refused).count();
        out().printf("%d replayed, %d stay%n", replayed.size() - refused, refused);
        out().flush();
        return refused == 0 ? 0 : 1;
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Deletes dead letters for good.")
    int drop(
            @Mixin DlqSource source,
            @Mixin DlqFilter filter,
            @Option(names = "--all", description = "All of them, if no filter is given.")
                    boolean all,
            @Option(names = "--dry-run", description = "Only say which.") boolean dryRun,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "ID",
                            description = "Ids, or their first characters.")
                    List<String> ids) {
        var chosen = filter.filter(ids);
        if (chosen.isEverything() && !all) {
            throw new ParameterException(
                    spec.commandLine(), "Say which to drop: ids, a filter, or --all");
        }
        var dropped =
                source.with(letters ->
                        dryRun
                                ? letters.list(chosen, filter.limit())
                                : letters.drop(chosen, filter.limit()));
        dropped.forEach(letter -> out().println(line(letter)));
        out().printf("%d %s%n", dropped.size(), dryRun ? "would be dropped" : "dropped");
        out().flush();
        return 0;
    }

    private void groups(List<DeadLetter> found) {
        var groups =
                found.stream()
                        .collect(
                                Collectors.groupingBy(
                                        DeadLetter::group, TreeMap::new, Collectors.toList()));
        groups.forEach((group, letters) -> {
            var times =
                    letters.stream()
                            .flatMap(letter -> letter.record().stream())
                            .map(event -> event.data().failedAt())
                            .sorted()
                            .toList();
            out().printf(
                            Locale.ROOT,
                            "%6d  %s  %s  %s%n",
                            letters.size(),
                            times.isEmpty() ? "-" : times.getFirst(),
                            times.isEmpty() ? "-" : times.getLast(),
                            group);
        });
        out().printf("%d dead letters in %d groups%n", found.size(), groups.size());
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent(var how) -> how;
            case Outcome.Refused(var why) -> "stays: " + why;
        };
    }

    private static String line(DeadLetter letter) {
        return letter.record()
                .map(event ->
                        "%s  %s  %s"
                                .formatted(letter.id(), event.data().failedAt(), letter.group()))
                .orElseGet(() -> letter.id() + "  -  " + letter.group());
    }

    private static String json(List<DeadLetter> letters) {
        return JSON.writeValueAsString(
                letters.stream()
                        .map(DeadLetterView::of)
                        .sorted(Comparator.comparing(DeadLetterView::id))
                        .toList());
    }

    private int nothing() {
        spec.commandLine().getErr().println("millrace: no dead letter has that id");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
