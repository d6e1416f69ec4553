package io.millrace.errorhandler.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.errorhandler.deadletters.DeadLetters;
import io.millrace.errorhandler.deadletters.DeadLetters.Replayed;
import io.millrace.errorhandler.deadletters.Filter;
import io.millrace.errorhandler.deadletters.Pace;
import io.millrace.errorhandler.deadletters.Replays.Outcome;
import io.millrace.errorhandler.groups.GroupStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What {@code ./millrace dlq} does, over HTTP. Filters are query parameters, the same for all. */
@RestController
@RequestMapping("/dead-letters")
@Profile("!lambda")
class DeadLettersController {

    private static final String MOST = "1000";

    private final ObjectProvider<DeadLetters> letters;

    private final GroupStore groups;
    private final ObjectProvider<MeterRegistry> registries;

    DeadLettersController(
            ObjectProvider<DeadLetters> letters,
            GroupStore groups,
            ObjectProvider<MeterRegistry> registries) {
        this.letters = letters;
        this.groups = groups;
        this.registries = registries;
    }

    /** Query parameters that choose dead letters; a function is known by its queue. */
    record Wanted(
            @Nullable String error,
            @Nullable String state,
            @Nullable String origin,
            @Nullable String function,
            @Nullable Instant since,
            @Nullable Instant until) {

        Filter filter(Set<String> ids) {
            return new Filter(
                    ids,
                    Optional.ofNullable(error),
                    Optional.ofNullable(state),
                    Optional.ofNullable(origin).or(() -> Optional.ofNullable(function)),
                    Optional.ofNullable(since),
                    Optional.ofNullable(until));
        }
    }

    /** A dead letter and what became of it; {@code how} is for people. */
    record Result(String id, boolean sent, String how) {

        static Result of(Replayed replayed) {
            return switch (replayed.outcome()) {
                case Outcome.Sent(var how) -> new Result(replayed.letter().id(), true, how);
                case Outcome.Refused(var why) -> new Result(replayed.letter().id(), false, why);
            };
        }
    }

    @GetMapping
    List<DeadLetterView> list(Wanted wanted, @RequestParam(defaultValue = MOST) int limit) {
        return letters.getObject().list(wanted.filter(Set.of()), limit).stream()
                .map(DeadLetterView::of)
                .toList();
    }

    /** All that ever failed alike, also what was replayed or dropped since. */
    @GetMapping("/groups")
    List<GroupView> groups() {
        return GroupView.of(groups.all());
    }

    @GetMapping("/{id}")
    DeadLetterView one(@PathVariable String id) {
        return letters.getObject().list(only(id), 1).stream()
                .findFirst()
                .map(DeadLetterView::of)
                .orElseThrow(() -> problem(HttpStatus.NOT_FOUND, "there is no dead letter " + id));
    }

    /**
     * @param rate at most so many a second; no limit if it is 0
     * @param dryRun only says which would be sent
     */
    @PostMapping("/replay")
    List<Result> replay(
            Wanted wanted,
            @RequestParam(defaultValue = "") Set<String> id,
            @RequestParam(defaultValue = MOST) int limit,
            @RequestParam(defaultValue = "0") double rate,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        if (rate < 0) {
            throw problem(
                    HttpStatus.BAD_REQUEST,
                    "rate is %s; use 0 for no limit, or more".formatted(rate));
        }
        var filter = wanted.filter(id);
        if (dryRun) {
            return letters.getObject().list(filter, limit).stream()
                    .map(letter -> new Result(letter.id(), false, "would be replayed"))
                    .toList();
        }
        return letters.getObject().replay(filter, limit, Pace.perSecond(rate), this::count).stream()
                .map(Result::of)
                .toList();
    }

    private void count(Replayed replayed) {
        var outcome =
                switch (replayed.outcome()) {
                    case Outcome.Sent _ -> "sent";
                    case Outcome.Refused _ -> "refused";
                };
        registries.ifAvailable(
                registry -> registry.counter("millrace.replays", "outcome", outcome).increment());
    }

    @DeleteMapping
    List<DeadLetterView> drop(
            Wanted wanted,
            @RequestParam(defaultValue = "") Set<String> id,
            @RequestParam(defaultValue = MOST) int limit,
            @RequestParam(defaultValue = "false") boolean all) {
        var filter = wanted.filter(id);
        if (filter.isEverything() && !all) {
            throw problem(
                    HttpStatus.BAD_REQUEST,
                    "say which dead letters to drop, or all=true to drop all");
        }
        return letters.getObject().drop(filter, limit).stream().map(DeadLetterView::of).toList();
    }

    private static Filter only(String id) {
        return new Wanted(null, null, null, null, null, null).filter(Set.of(id));
    }

    @ExceptionHandler
    ProblemDetail unreadable(MethodArgumentNotValidException e) {
        var wrong =
                e.getFieldErrors().stream()
                        .map(field ->
                                "%s cannot be '%s'"
                                        .formatted(field.getField(), field.getRejectedValue()))
                        .collect(Collectors.joining("; "));
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, wrong);
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(
                status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
