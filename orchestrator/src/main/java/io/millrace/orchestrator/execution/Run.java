package io.millrace.orchestrator.execution;

import io.millrace.stateslanguage.error.ErrorNames;
import io.millrace.stateslanguage.error.StateError;
import io.millrace.stateslanguage.model.State;
import io.millrace.stateslanguage.model.StateGraph;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A head being moved: the working copy of one wake-up. Used by one thread, then thrown away. */
final class Run {

    /** Told to a frame when those before it in the agenda are done. */
    private record Told(String frame, Resume what) {}

    private final Engine engine;
    private final Definition definition;
    private final Head before;
    private final Instant now;
    private final Map<String, Frame> frames = new LinkedHashMap<>();
    private final Map<String, Effect> outbox = new LinkedHashMap<>();
    private final Map<String, Effect> toSend = new LinkedHashMap<>();
    private final List<HistoryEvent> events = new ArrayList<>();
    private final Map<Long, MapRun> mapRuns = new LinkedHashMap<>();

    /** By the event by which the state was entered. */
    private final Map<Long, Stay> stays = new LinkedHashMap<>();

    private final Deque<Told> agenda = new ArrayDeque<>();
    private long nextEvent;
    private int bytes;
    private boolean changed;
    private boolean interrupted;
    private Status status;
    private Optional<Datum> output;
    private Optional<Failure> failure;
    private Optional<Failure> caught;
    private Optional<Instant> endedAt;
    private Optional<Instant> deadline;
    private Redrives redrives;

    /** Frames that were removed in this run, for whoever redrives an execution that ends in it. */
    private final Map<String, Frame> fallen = new LinkedHashMap<>();

    private Run(Engine engine, Definition definition, Head before) {
        this.engine = engine;
        this.definition = definition;
        this.before = before;
        this.now = engine.clock().instant();
        this.nextEvent = before.nextEvent();
        this.status = before.status();
        this.output = before.output();
        this.failure = before.failure();
        this.caught = before.caught();
        this.endedAt = before.endedAt();
        this.deadline = before.deadline();
        this.redrives = before.redrives();
        before.frames().forEach(frame -> frames.put(frame.id(), frame));
        before.outbox().forEach(effect -> outbox.put(effect.id(), effect));
        before.mapRuns().forEach(mapRun -> mapRuns.put(mapRun.event(), mapRun));
    }

    static Run of(Engine engine, Definition definition, Head head) {
        return new Run(engine, definition, head);
    }

    static Run of(Engine engine, Definition definition, Engine.Start start) {
        var now = engine.clock().instant();
        var deadline = definition.language().timeoutSeconds().map(now::plusSeconds);
        return new Run(
                engine,
                definition,
                new Head(
                        start.id(),
                        definition.revision(),
                        start.roleArn(),
                        Status.RUNNING,
                        0,
                        "",
                        start.shard(),
                        now,
                        Optional.empty(),
                        deadline,
                        start.input(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        start.trace(),
                        List.of(),
                        List.of(),
                        1,
                        List.of(),
                        List.of(),
                        start.parent(),
                        List.of(),
                        start.attempt() == 0
                                ? Optional.empty()
                                : Optional.of(Redrives.NONE.inAttempt(start.attempt())),
                        start.released()));
    }

    void began(Engine.Start start) {
        event(
                0,
                EventType.EXECUTION_STARTED,
                new EventDetails.Started(
                        start.input(),
                        start.roleArn(),
                        engine.arns().version(before),
                        engine.arns().alias(before)));
        put(Frame.top(definition.language().graph().startAt(), start.input()));
        tell(Frame.TOP, new Resume.Begin());
    }

    // ---- what is known

    Engine engine() {
        return engine;
    }

    Head before() {
        return before;
    }

    Instant now() {
        return now;
    }

    Status status() {
        return status;
    }

    Optional<Instant> deadline() {
        return deadline;
    }

    Redrives redrives() {
        return redrives;
    }

    long nextEvent() {
        return nextEvent;
    }

    Optional<Frame> find(String frame) {
        return Optional.ofNullable(frames.get(frame));
    }

    Frame frame(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no frame " + id));
    }

    private Frame standingOrFallen(String id) {
        return find(id).or(() -> Optional.ofNullable(fallen.get(id))).orElseGet(() -> frame(id));
    }

    List<Frame> frames() {
        return List.copyOf(frames.values());
    }

    Optional<Effect> effect(String id) {
        return Optional.ofNullable(outbox.get(id));
    }

    Optional<MapRun> mapRun(long event) {
        return Optional.ofNullable(mapRuns.get(event));
    }

    void put(MapRun mapRun) {
        changed = true;
        mapRuns.put(mapRun.event(), mapRun);
    }

    Collection<Effect> outbox() {
        return List.copyOf(outbox.values());
    }

    /** The graph that a frame moves in. */
    StateGraph graph(Frame frame) {
        if (frame.parent().isEmpty()) {
            return definition.language().graph();
        }
        return switch (state(standingOrFallen(frame.parent().get()))) {
            case State.Parallel parallel -> parallel.branches().get(frame.index());
            case State.MapState map -> map.iteration().processor();
            case State other ->
                    throw new IllegalStateException(
                            "A %s state has no frames within".formatted(other.type()));
        };
    }

    State state(Frame frame) {
        return graph(frame).state(frame.state());
    }

    // ---- what changes

    /** The frame as it is from now on. */
    Frame put(Frame frame) {
        changed = true;
        frames.put(frame.id(), frame);
        return frame;
    }

    void remove(String frame) {
        changed = true;
        find(frame)
                .ifPresent(known -> {
                    fallen.put(frame, known);
                    stayed(known, Stay.End.FAILED);
                    MapRuns.abandoned(this, known);
                    Jobs.abandoned(this, known);
                });
        frames.remove(frame);
        // A call that no frame waits for any more is not made again.
        outbox.values()
                .removeIf(
                        effect -> effect instanceof Effect.Call call && call.frame().equals(frame));
    }

    /** A frame's stay in its state is over; only its first end counts. */
    void stayed(Frame frame, Stay.End how) {
        var visit = frame.visit();
        if (visit.enteredEvent() > 0) {
            stays.computeIfAbsent(
                    visit.enteredEvent(),
                    _ ->
                            new Stay(
                                    frame.state(),
                                    state(frame).type(),
                                    visit,
                                    frame.parent().map(this::standingOrFallen).map(Frame::visit),
                                    engine.clock().instant(),
                                    how));
        }
    }

    long event(long previous, EventType type, EventDetails details) {
        changed = true;
        bytes += Sizes.of(details);
        events.add(new HistoryEvent(nextEvent, previous, engine.clock().instant(), type, details));
        return nextEvent++;
    }

    /** An event that is a frame's next, the frame's latest from now on. */
    Frame event(Frame frame, EventType type, EventDetails details) {
        return put(frame.after(event(frame.lastEvent(), type, details)));
    }

    void send(Effect effect) {
        changed = true;
        outbox.put(effect.id(), effect);
        toSend.put(effect.id(), effect);
    }

    /** Puts off the next sending of an effect without sending it now. */
    void keep(Effect effect) {
        changed = true;
        outbox.put(effect.id(), effect);
    }

    void accepted(String effect) {
        changed = outbox.remove(effect) != null || changed;
    }

    /** When an effect that is sent now counts as lost. */
    Instant sendAgainAt() {
        return now.plus(engine.bounds().sendAgain());
    }

    void tell(String frame, Resume what) {
        agenda.add(new Told(frame, what));
    }

    void finish(Status how, Optional<Datum> result, Optional<Failure> why) {
        changed = true;
        status = how;
        output = result;
        failure = why;
        endedAt = Optional.of(engine.clock().instant());
        // What others have begun for it is to be stopped all the same.
        outbox.values().removeIf(effect -> !effect.outlastsTheEnd());
        frames.values()
                .forEach(frame -> {
                    stayed(frame, Stay.End.FAILED);
                    MapRuns.abandoned(this, frame);
                    Jobs.abandoned(this, frame);
                });
        fallen.putAll(frames);
        redrives = redrives.from(how == Status.SUCCEEDED ? List.of() : Redriving.standing(fallen));
        frames.clear();
        agenda.clear();
        if (before.parent().filter(Parent::waits).isPresent()) {
            send(
                    new Effect.TellParent(
                            endId(engine.arns().execution(before.id()) + "#parent"),
                            sendAgainAt()));
        } else if (how == Status.FAILED || how == Status.TIMED_OUT) {
            send(
                    new Effect.ReportFailure(
                            endId(engine.arns().execution(before.id())), sendAgainAt()));
        }
    }

    /** Each end of an execution is told of, and each time by a name of its own. */
    private String endId(String effect) {
        return redrives.count() == 0 ? effect : effect + "/redrive-" + redrives.count();
    }

    /** Lets an execution that has ended go on. */
    void reopen(Redrives how) {
        put(how);
        status = Status.RUNNING;
        output = Optional.empty();
        failure = Optional.empty();
        caught = Optional.empty();
        endedAt = Optional.empty();
        deadline = definition.language().timeoutSeconds().map(now::plusSeconds);
        // What was to be told of the end is no longer true.
        outbox.values().removeIf(effect -> !effect.outlastsTheEnd());
    }

    void put(Redrives known) {
        changed = true;
        redrives = known;
    }

    /** Lets every frame that was told something go on to its next wait. */
    void settle() {
        while (!agenda.isEmpty()) {
            var told = agenda.remove();
            find(told.frame()).ifPresent(frame -> walk(frame, told.what()));
            if (isHistoryFull() && !status.ended()) {
                historyIsFull();
            }
        }
    }

    private void walk(Frame frame, Resume what) {
        definition
                .machine(graph(frame))
                .walk(frame.state(), what, new FrameBehaviour(this, frame.id()));
    }

    /** Whether the next state has to wait for another run. */
    boolean atBounds() {
        var reached =
                events.size() >= engine.bounds().events()
                        || bytes >= engine.bounds().bytes()
                        || isHistoryFull();
        interrupted |= reached;
        return reached;
    }

    boolean isTooLarge(Datum datum) {
        var most = engine.bounds().payload();
        // No character takes more than three bytes of UTF-8: most texts need no counting.
        return datum.text().length() > most / 3
                && datum.text().getBytes(StandardCharsets.UTF_8).length > most;
    }

    // ---- the result

    boolean changed() {
        return changed;
    }

    boolean interrupted() {
        return interrupted && !status.ended();
    }

    boolean ended() {
        return status.ended() && !before.status().ended();
    }

    List<Stay> stays() {
        return List.copyOf(stays.values());
    }

    List<Effect> toSend() {
        return toSend.values().stream().filter(effect -> outbox.containsKey(effect.id())).toList();
    }

    Head head() {
        var history = new ArrayList<>(before.latest());
        history.addAll(events);
        return new Head(
                before.id(),
                before.revision(),
                before.roleArn(),
                status,
                before.version() + 1,
                engine.nonce(),
                before.shard(),
                before.startedAt(),
                endedAt,
                deadline,
                before.input(),
                output,
                failure,
                caught,
                before.trace(),
                List.copyOf(frames.values()),
                List.copyOf(outbox.values()),
                nextEvent,
                history,
                before.chunks(),
                before.parent(),
                List.copyOf(mapRuns.values()),
                redrives.equals(Redrives.NONE) ? Optional.empty() : Optional.of(redrives),
                before.released());
    }

    // ---- how things end

    void topFailed(Frame frame, StateError reason) {
        event(
                frame.lastEvent(),
                EventType.EXECUTION_FAILED,
                new EventDetails.Failed(reason.error(), reason.cause()));
        finish(Status.FAILED, Optional.empty(), Optional.of(failureIn(frame, reason)));
    }

    /** Whether the next event is the last that there may be. */
    private boolean isHistoryFull() {
        return nextEvent >= engine.bounds().history();
    }

    private void historyIsFull() {
        var reason =
                StateError.of(
                        ErrorNames.RUNTIME,
                        "The execution reached the maximum number of history events (%d)."
                                .formatted(engine.bounds().history()));
        topFailed(frame(Frame.TOP), reason);
    }

    /** A Catch handles an error of the frame's state. */
    void caught(Frame frame, StateError reason) {
        caught = Optional.of(failureIn(frame, reason));
    }

    private Failure failureIn(Frame frame, StateError reason) {
        var here = new Failure(reason, Optional.of(frame.state()), frame.visit().retryCount() + 1);
        // A Fail state that passes a caught error on is not where the error came from.
        return state(frame) instanceof State.Fail
                ? caught.filter(earlier -> earlier.reason().equals(reason)).orElse(here)
                : here;
    }

    /** The variables that a frame sees: its own, and those of the frames around it. */
    Map<String, Datum> variables(Frame frame) {
        var seen = new TreeMap<String, Datum>();
        frame.parent().map(this::frame).ifPresent(parent -> seen.putAll(variables(parent)));
        seen.putAll(frame.variables());
        return seen;
    }
}
