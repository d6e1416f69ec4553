package io.millrace.orchestrator.execution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known of an execution but the older part of its history.
 *
 * @param revision the hash of the definition that it follows to its end
 * @param roleArn the role that its state machine names
 * @param version how often the head was committed
 * @param commit a name of the commit that wrote this head, to recognise it by
 * @param shard where its timers are looked for
 * @param deadline when the execution has timed out
 * @param caught the latest error that a Catch has handled
 * @param trace the W3C traceparent of what started it
 * @param nextEvent the id of the next event
 * @param latest the latest events, of which the oldest may move to chunks
 * @param chunks where the older events are, in order
 * @param parent what has begun this one, if it was an execution
 * @param mapRuns what the distributed Maps of this one do and did
 * @param redriven how it was redriven, and where it can be from
 * @param released what it was started by, if that was a version or an alias
 */
public record Head(
        ExecutionId id,
        String revision,
        String roleArn,
        Status status,
        long version,
        String commit,
        int shard,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Instant> deadline,
        Datum input,
        Optional<Datum> output,
        Optional<Failure> failure,
        Optional<Failure> caught,
        Optional<String> trace,
        List<Frame> frames,
        List<Effect> outbox,
        long nextEvent,
        List<HistoryEvent> latest,
        List<Chunk> chunks,
        Optional<Parent> parent,
        List<MapRun> mapRuns,
        Optional<Redrives> redriven,
        Optional<Released> released) {

    public Head {
        frames = List.copyOf(frames);
        outbox = List.copyOf(outbox);
        latest = List.copyOf(latest);
        chunks = List.copyOf(chunks);
        mapRuns = List.copyOf(mapRuns);
    }

    /**
     * Events that are kept apart from the head.
     *
     * @param firstEvent the id of the first of them
     * @param commit the name of the commit that moved them
     */
    public record Chunk(long firstEvent, int count, String commit) {}

    public Redrives redrives() {
        return redriven.orElse(Redrives.NONE);
    }

    /** Its place in a map run, if it belongs to one. */
    public Optional<ChildOf> childOf() {
        return parent.flatMap(
                known -> known instanceof ChildOf place ? Optional.of(place) : Optional.empty());
    }

    /** The task that has begun it, if one has. */
    public Optional<JobOf> jobOf() {
        return parent.flatMap(
                known -> known instanceof JobOf place ? Optional.of(place) : Optional.empty());
    }

    /** One of its map runs. */
    public Optional<MapRun> mapRun(long event) {
        return mapRuns.stream().filter(mapRun -> mapRun.event() == event).findFirst();
    }

    /** When somebody has to look after the execution, if nothing happens before. */
    public Optional<Instant> dueAt() {
        return Stream.of(
                        frames.stream().flatMap(frame -> frame.waiting().dueAt().stream()),
                        outbox.stream().map(Effect::againAt),
                        deadline.stream().filter(_ -> !status.ended()))
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /** The same head with part of its history elsewhere. */
    public Head withHistory(List<HistoryEvent> kept, List<Chunk> moved) {
        return new Head(
                id, revision, roleArn, status, version, commit, shard, startedAt, endedAt, deadline,
                input, output, failure, caught, trace, frames, outbox, nextEvent, kept, moved,
                parent, mapRuns, redriven, released);
    }
}
