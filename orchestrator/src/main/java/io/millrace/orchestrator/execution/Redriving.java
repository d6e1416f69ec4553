package io.millrace.orchestrator.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens an execution again where it stood when it ended without success (Step Functions,
 * "Restarting state machine executions with redrive").
 */
final class Redriving {

    private Redriving() {}

    static Verdict redriven(Run run, Optional<String> request, int attempt) {
        var known = run.redrives();
        var isChild = run.before().childOf().isPresent();
        if (known.answered(request)) {
            return Verdict.TAKEN;
        }
        if (isChild && attempt == 0) {
            return Verdict.NOT_REDRIVABLE;
        }
        if (isChild && !run.status().ended()) {
            // It is about to be stopped, or begun late: either way it ends for this attempt.
            run.put(known.inAttempt(Math.max(known.attempt(), attempt)));
            return Verdict.TAKEN;
        }
        if (!(isChild ? mayGoOn(run, attempt) : Redrivable.of(run.before(), run.now()).now())) {
            return Verdict.NOT_REDRIVABLE;
        }
        reopen(run, known.once(run.now(), request, attempt), known.frames());
        return Verdict.TAKEN;
    }

    private static boolean mayGoOn(Run run, int attempt) {
        return run.status() != Status.SUCCEEDED
                && attempt > run.redrives().attempt()
                && !run.redrives().frames().isEmpty();
    }

    private static void reopen(Run run, Redrives redrives, List<Frame> frames) {
        run.reopen(redrives);
        var event =
                run.event(
                        run.nextEvent() - 1,
                        EventType.EXECUTION_REDRIVEN,
                        new EventDetails.Redriven(redrives.count()));
        frames.forEach(frame -> run.put(frame.after(event)));
        for (var frame : frames) {
            if (run.find(frame.id()).isPresent()) {
                reopen(run, run.frame(frame.id()));
            }
        }
    }

    private static void reopen(Run run, Frame frame) {
        switch (frame.waiting()) {
            case Waiting.Children(var fork) when !fork.done() -> Forks.redriven(run, frame, fork);
            case Waiting.Distributed(var mapRun) when MapRuns.mayGoOn(run, mapRun) ->
                    MapRuns.redriven(run, frame, mapRun);
            default -> run.tell(frame.id(), again(frame));
        }
    }

    private static Resume again(Frame frame) {
        return frame.visit().equals(Visit.NONE) ? new Resume.Begin() : new Resume.Redriven();
    }

    /**
     * Of the frames that stand and those that fell in the run that ended the execution, those that
     * still belong to a branch or iteration that is not done, those around them first.
     */
    static List<Frame> standing(Map<String, Frame> all) {
        var belong = new HashMap<String, Boolean>();
        var standing = new ArrayList<Frame>();
        for (var frame : all.values()) {
            if (belongs(frame, all, belong)) {
                standing.add(frame);
            }
        }
        standing.sort((a, b) -> Integer.compare(depth(a), depth(b)));
        return standing;
    }

    private static boolean belongs(
            Frame frame, Map<String, Frame> all, Map<String, Boolean> known) {
        var sure = known.get(frame.id());
        if (sure != null) {
            return sure;
        }
        var belongs =
                frame.parent().isEmpty()
                        || frame.parent()
                                .map(all::get)
                                .filter(parent ->
                                        parent.waiting() instanceof Waiting.Children(var fork)
                                                && Frame.childId(parent, fork, frame.index())
                                                        .equals(frame.id())
                                                && !fork.results().containsKey(frame.index()))
                                .filter(parent -> belongs(parent, all, known))
                                .isPresent();
        known.put(frame.id(), belongs);
        return belongs;
    }

    private static int depth(Frame frame) {
        return Math.toIntExact(frame.id().chars().filter(letter -> letter == '/').count());
    }
}
