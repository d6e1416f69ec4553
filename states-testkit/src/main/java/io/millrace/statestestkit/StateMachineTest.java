package io.millrace.statestestkit;

import io.millrace.orchestrator.execution.Definition;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.parse.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A definition under test. Every method that says more about it returns a copy, so that what is
 * common to all tests of a class can be a constant; the copies count their {@linkplain #coverage
 * coverage} together. Executions run on the caller's thread, in a time that passes at once.
 */
public final class StateMachineTest {

    private final Setup setup;

    private StateMachineTest(Setup setup) {
        this.setup = setup;
    }

    /**
     * The definition in a file; the state machine is called as the file is, without {@code
     * .asl.json}.
     *
     * @throws IllegalArgumentException with all problems, if it is no definition
     */
    public static StateMachineTest of(Path file) {
        var name = String.valueOf(file.getFileName()).replaceFirst("(\\.asl)?\\.json$", "");
        try {
            return of(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The definition cannot be read from " + file.toAbsolutePath(), e);
        }
    }

    /**
     * The definition in a text.
     *
     * @throws IllegalArgumentException with all problems, if it is no definition
     */
    public static StateMachineTest of(String name, String definition) {
        return switch (new DefinitionParser().parse(definition)) {
            case Parsed.Valid(var language) ->
                    new StateMachineTest(Setup.of(name, new Definition("test", language)));
            case Parsed.Invalid(var problems) ->
                    throw new IllegalArgumentException(
                            problems.stream()
                                    .map(Problem::text)
                                    .collect(
                                            Collectors.joining(
                                                    "\n  ",
                                                    name + " is no valid definition:\n  ",
                                                    "")));
        };
    }

    /**
     * Mocks a task by a function of its input.
     *
     * @param stateOrArn the name of a Task state, or the Resource of any number of them
     * @param function see {@link Mock#of}
     */
    public StateMachineTest mock(
            String stateOrArn, Function<JsonNode, ? extends @Nullable Object> function) {
        return mockCalls(stateOrArn, Mock.of(function));
    }

    /**
     * Mocks a task by what it answers, time after time; the last answer stays.
     *
     * @param stateOrArn the name of a Task state, or the Resource of any number of them
     */
    public StateMachineTest mock(String stateOrArn, Answer first, Answer... more) {
        return mockCalls(stateOrArn, inTurn(first, more));
    }

    /**
     * Mocks a task by whatever sees all of its call.
     *
     * @param stateOrArn the name of a Task state, or the Resource of any number of them
     */
    public StateMachineTest mockCalls(String stateOrArn, Mock mock) {
        var mocks = setup.mocks();
        if (stateOrArn.startsWith("arn:")) {
            return with(mocks.resource(stateOrArn, mock));
        }
        check(stateOrArn, "Task", setup.coverage().names("Task"));
        return with(mocks.state(stateOrArn, mock));
    }

    /**
     * Mocks a Lambda function wherever it is called, by its ARN or by {@code lambda:invoke}: sees
     * the payload and returns what the function would.
     *
     * @param name without account and version
     */
    public StateMachineTest mockFunction(
            String name, Function<JsonNode, ? extends @Nullable Object> function) {
        return with(setup.mocks().function(name, Mock.of(function)));
    }

    /** Mocks a Lambda function by what it returns, time after time; the last answer stays. */
    public StateMachineTest mockFunction(String name, Answer first, Answer... more) {
        return with(setup.mocks().function(name, inTurn(first, more)));
    }

    /** Mocks the items that the ItemReader of a distributed Map reads; as JSON, an array. */
    public StateMachineTest mockItems(String mapState, Object items) {
        check(mapState, "Map", setup.coverage().names("Map"));
        var array = Json.of(items, "What the ItemReader of '%s' reads".formatted(mapState));
        if (!array.isArray()) {
            throw new IllegalArgumentException(
                    "What the ItemReader of '%s' reads is no array: %s".formatted(mapState, array));
        }
        return with(setup.mocks().items(mapState, array));
    }

    /** Mocks what a test case of a {@code MockConfigFile.json} mocks. */
    public StateMachineTest mock(MockConfigFile.TestCase testCase) {
        var all = this;
        for (var mocked : testCase.states().entrySet()) {
            all = all.mockCalls(mocked.getKey(), mocked.getValue());
        }
        return all;
    }

    private static Mock inTurn(Answer first, Answer... more) {
        return Mock.inTurn(Stream.concat(Stream.of(first), Stream.of(more)).toList());
    }

    private void check(String state, String type, Set<String> known) {
        if (!known.contains(state)) {
            throw new IllegalArgumentException(
                    "'%s' has no %s state '%s'; it has %s"
                            .formatted(setup.name(), type, state, known));
        }
    }

    /** When its executions start; 2026-01-01T00:00:00Z if nothing is said. */
    public StateMachineTest startingAt(Instant time) {
        return new StateMachineTest(setup.with(time));
    }

    /** Other chance: States.UUID, States.MathRandom and jitter follow from it. */
    public StateMachineTest withSeed(long seed) {
        return new StateMachineTest(setup.with(seed));
    }

    /** The name of its executions, for definitions that look at it. */
    public StateMachineTest named(String execution) {
        return new StateMachineTest(setup.named(execution));
    }

    private StateMachineTest with(Mocks mocks) {
        return new StateMachineTest(setup.with(mocks));
    }

    /**
     * Runs an execution to its end, or to where nothing happens any more by itself, because it
     * waits for an answer that no mock gives.
     *
     * @param input JSON text, a {@link JsonNode}, or anything that Jackson can write as JSON
     */
    public Execution run(Object input) {
        return start(input).finish();
    }

    /**
     * Starts an execution and runs it as far as it gets before time passes.
     *
     * @param input JSON text, a {@link JsonNode}, or anything that Jackson can write as JSON
     */
    public Execution start(Object input) {
        var rehearsal = new Rehearsal(setup, Json.of(input, "The input"));
        return new Execution(rehearsal, rehearsal.id());
    }

    /** What all executions of this definition, and of its copies, have gone through so far. */
    public Coverage coverage() {
        return setup.coverage();
    }
}
