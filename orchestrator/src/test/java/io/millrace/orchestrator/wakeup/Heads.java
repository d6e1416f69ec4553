package io.millrace.orchestrator.wakeup;

import io.millrace.orchestrator.execution.Head;
import java.util.Optional;

/** Heads that nothing in an engine of today leads to. */
final class Heads {

    private Heads() {}

    /** The next version of a head, as it was before there was redrive. */
    static Head withoutRedrives(Head head) {
        return new Head(
                head.id(),
                head.revision(),
                head.roleArn(),
                head.status(),
                head.version() + 1,
                head.commit() + "-changed",
                head.shard(),
                head.startedAt(),
                head.endedAt(),
                head.deadline(),
                head.input(),
                head.output(),
                head.failure(),
                head.caught(),
                head.trace(),
                head.frames(),
                head.outbox(),
                head.nextEvent(),
                head.latest(),
                head.chunks(),
                head.parent(),
                head.mapRuns(),
                Optional.empty(),
                head.released());
    }
}
