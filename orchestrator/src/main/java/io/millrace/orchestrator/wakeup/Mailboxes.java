package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.execution.Signal;
import io.millrace.orchestrator.execution.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has happened to executions and is not committed yet: several signals for one execution are
 * worked off together, and by one thread of this process.
 */
final class Mailboxes {

    private final Map<ExecutionId, Mailbox> boxes = new ConcurrentHashMap<>();

    /** A signal and who waits for its verdict. */
    record Letter(Signal signal, CompletableFuture<Verdict> verdict) {}

    private static final class Mailbox {
        private final List<Letter> letters = new ArrayList<>();
        private boolean attended;
        private boolean urgent;
    }

    /**
     * Puts a letter in.
     *
     * @param urgent whether the letter may not wait for another one
     * @return whether the caller has to work the mailbox off
     */
    boolean put(ExecutionId id, Letter letter, boolean urgent) {
        var attend = new boolean[1];
        boxes.compute(
                id,
                (_, known) -> {
                    var box = known == null ? new Mailbox() : known;
                    box.letters.add(letter);
                    box.urgent |= urgent;
                    attend[0] = box.urgent && !box.attended;
                    box.attended |= attend[0];
                    return box;
                });
        return attend[0];
    }

    /**
     * Makes the letters that wait urgent.
     *
     * @return whether the caller has to work the mailbox off
     */
    boolean hurry(ExecutionId id) {
        var attend = new boolean[1];
        boxes.computeIfPresent(
                id,
                (_, box) -> {
                    // What the letters were may be taken already, by somebody who is still at work.
                    box.urgent = !box.letters.isEmpty();
                    attend[0] = box.urgent && !box.attended;
                    box.attended |= attend[0];
                    return box;
                });
        return attend[0];
    }

    /** All letters, if one is urgent; none, and the mailbox is unattended from now on, if not. */
    List<Letter> take(ExecutionId id) {
        var taken = new ArrayList<Letter>();
        boxes.computeIfPresent(
                id,
                (_, box) -> {
                    if (box.urgent) {
                        taken.addAll(box.letters);
                        box.letters.clear();
                        box.urgent = false;
                        return box;
                    }
                    box.attended = false;
                    return box.letters.isEmpty() ? null : box;
                });
        return taken;
    }

    int size() {
        return boxes.size();
    }
}
