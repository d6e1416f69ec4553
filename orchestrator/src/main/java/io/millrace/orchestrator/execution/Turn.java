package io.millrace.orchestrator.execution;

import java.util.List;

/**
 * What the engine decided.
 *
 * @param head the head to commit
 * @param changed whether there is anything to commit
 * @param send the effects to send once the head is committed
 * @param verdicts one for each signal, in order
 * @param stays the stays in states that are over now
 * @param ended whether the execution has ended in this turn
 * @param unfinished whether the run stopped at its bounds: wake it again at once
 */
public record Turn(
        Head head,
        boolean changed,
        List<Effect> send,
        List<Verdict> verdicts,
        List<Stay> stays,
        boolean ended,
        boolean unfinished) {
    public Turn {
        send = List.copyOf(send);
        verdicts = List.copyOf(verdicts);
        stays = List.copyOf(stays);
    }
}
