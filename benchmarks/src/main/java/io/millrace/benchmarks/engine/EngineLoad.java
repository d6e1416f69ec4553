package io.millrace.benchmarks.engine;

import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code EngineLoad KIND STATES SQS CONNECTIONS WARM-UP SECONDS}: starts executions as fast as the
 * endpoint answers, over so many connections, and prints what came of it as one line of JSON.
 *
 * <ul>
 *   <li>{@code pass}: ten Pass states, Standard
 *   <li>{@code callback}: one SQS task with a token, whose workers are here
 *   <li>{@code sync}: ten Pass states, Express, StartSyncExecution, whose answer is the end
 *   <li>{@code async}: ten Pass states, Express, StartExecution; ends are told by the metrics of
 *       the orchestrator, for nothing else tells of them
 *   <li>{@code wait} and {@code token}: SECONDS is a number of executions, which are started and
 *       left waiting
 * </ul>
 */
public final class EngineLoad {

    private static final Duration ANY = Duration.ofHours(1);

    private final Starts starts;
    private final Setup setup;
    private final Ends ends;

    private EngineLoad(Setup setup, Starts starts, Ends ends) {
        this.setup = setup;
        this.starts = starts;
        this.ends = ends;
    }

    public static void main(String[] arguments) throws Exception {
        var load =
                at(
                        URI.create(arguments[1]),
                        URI.create(arguments[2]),
                        Integer.parseInt(arguments[3]));
        var warmUp = Integer.parseInt(arguments[4]);
        if (warmUp > 0) {
            load.warmUp(arguments[0], warmUp);
        }
        var figures = load.once(arguments[0], Integer.parseInt(arguments[5]));
        System.out.println(JsonMapper.shared().writeValueAsString(figures));
        System.exit(0);
    }

    /** A load on the Step Functions and the SQS at these addresses. */
    public static EngineLoad at(URI states, URI sqs, int connections) {
        return new EngineLoad(
                new Setup(states, sqs), new Starts(states, connections), new SeenEnds(states));
    }

    /** Starts executions of a kind, and returns the figures when all of them have ended. */
    public ObjectNode once(String kind, int last) throws Exception {
        var window = Duration.ofSeconds(last);
        return switch (kind) {
            case "pass" -> passes(window);
            case "callback" -> callbacks(window);
            case "sync" -> sync(window);
            case "async" -> async(window);
            case "wait" -> waiting(Machines.wait(1_000_000), last);
            case "token" -> waiting(Machines.callback(setup.queue()), last);
            default -> throw new IllegalArgumentException("There is no kind " + kind);
        };
    }

    private void warmUp(String kind, int seconds) throws Exception {
        if (kind.equals("async")) {
            // Its ends are counted, so those of the warm-up have to be over.
            var _ = once(kind, seconds);
        } else {
            var _ = unobserved(kind, seconds);
        }
    }

    /** Starts executions of a kind and asks nobody for their ends; returns how many. */
    public int unobserved(String kind, int seconds) throws Exception {
        return new EngineLoad(setup, starts, Ends.UNOBSERVED)
                .once(kind, seconds)
                .required("executions")
                .intValue();
    }

    private ObjectNode passes(Duration window) throws Exception {
        var machine = setup.stateMachine(Machines.passes(), "STANDARD");
        return ends.described(starts.all("StartExecution", machine, window, Integer.MAX_VALUE));
    }

    private ObjectNode sync(Duration window) throws Exception {
        var machine = setup.stateMachine(Machines.passes(), "EXPRESS");
        return starts.all("StartSyncExecution", machine, window, Integer.MAX_VALUE).figures();
    }

    private ObjectNode async(Duration window) throws Exception {
        var machine = setup.stateMachine(Machines.passes(), "EXPRESS");
        var before = ends.counted();
        return ends.counted(
                before, starts.all("StartExecution", machine, window, Integer.MAX_VALUE));
    }

    private ObjectNode callbacks(Duration window) throws Exception {
        var queue = setup.queue();
        var machine = setup.stateMachine(Machines.callback(queue), "STANDARD");
        try (var workers = new Workers(setup, queue, starts)) {
            var started = starts.all("StartExecution", machine, window, Integer.MAX_VALUE);
            workers.awaitAnswers();
            return ends.described(started);
        }
    }

    private ObjectNode waiting(String definition, int executions) throws Exception {
        var machine = setup.stateMachine(definition, "STANDARD");
        return starts.all("StartExecution", machine, ANY, executions).figures();
    }
}
