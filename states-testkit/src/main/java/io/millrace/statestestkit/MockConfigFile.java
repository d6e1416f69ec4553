package io.millrace.statestestkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The mocks of Step Functions Local (Step Functions, "Configuration file for mocked service
 * integrations").
 */
public final class MockConfigFile {

    private static final Pattern CALLS = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private final String name;
    private final JsonNode content;

    private MockConfigFile(String name, JsonNode content) {
        this.name = name;
        this.content = content;
    }

    /**
     * Mocks for the states of one state machine.
     *
     * @param states the mock of each state that has one
     */
    public record TestCase(String name, Map<String, Mock> states) {
        public TestCase {
            states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** An answer to the calls from one number to another. */
    private record Response(int first, int last, Answer answer) {}

    public static MockConfigFile read(Path file) {
        try {
            return of(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The mock configuration cannot be read from " + file.toAbsolutePath(), e);
        }
    }

    static MockConfigFile of(String name, String json) {
        return new MockConfigFile(name, Json.of(json, name));
    }

    /** All test cases of a state machine, such as for a parameterised test. */
    public List<TestCase> testCases(String stateMachine) {
        return cases(stateMachine).propertyNames().stream()
                .map(testCase -> testCase(stateMachine, testCase))
                .toList();
    }

    public TestCase testCase(String stateMachine, String testCase) {
        var states = child(cases(stateMachine), testCase, "test case");
        var mocks = new LinkedHashMap<String, Mock>();
        states.properties()
                .forEach(state -> mocks.put(state.getKey(), mock(state.getValue().asString(""))));
        return new TestCase(testCase, mocks);
    }

    private JsonNode cases(String stateMachine) {
        var machine = child(content.path("StateMachines"), stateMachine, "state machine");
        return machine.path("TestCases");
    }

    private Mock mock(String response) {
        var mocked = child(content.path("MockedResponses"), response, "mocked response");
        var responses = new ArrayList<Response>();
        mocked.properties()
                .forEach(entry ->
                        responses.add(response(response, entry.getKey(), entry.getValue())));
        return call ->
                responses.stream()
                        .filter(each ->
                                each.first() <= call.number() && call.number() <= each.last())
                        .findFirst()
                        .map(Response::answer)
                        .orElseThrow(() ->
                                new AssertionError(
                                        "%s: '%s' has no response \"%d\", and state '%s' calls once more"
                                                .formatted(
                                                        name,
                                                        response,
                                                        call.number(),
                                                        call.state())));
    }

    private Response response(String response, String calls, JsonNode answer) {
        var numbers = CALLS.matcher(calls);
        if (!numbers.matches()) {
            throw wrong(
                    "'%s' has \"%s\"; write the number of a call, or a range as in \"1-2\""
                            .formatted(response, calls));
        }
        var first = Integer.parseInt(numbers.group(1));
        var last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        if (last < first) {
            throw wrong("'%s' has the range \"%s\", which is empty".formatted(response, calls));
        }
        return new Response(first, last, answer(response, calls, answer));
    }

    private Answer answer(String response, String calls, JsonNode answer) {
        if (answer.has("Return") == answer.has("Throw")) {
            throw wrong(
                    "'%s' has neither or both of Return and Throw for \"%s\"; write one of them"
                            .formatted(response, calls));
        }
        if (answer.has("Return")) {
            return Answer.returns(answer.get("Return"));
        }
        var thrown = answer.get("Throw");
        if (!thrown.path("Error").isString()) {
            throw wrong("'%s' has a Throw without Error for \"%s\"".formatted(response, calls));
        }
        return Answer.fails(thrown.get("Error").asString(), thrown.path("Cause").asString(""));
    }

    private JsonNode child(JsonNode parent, String wanted, String what) {
        if (!parent.path(wanted).isObject()) {
            throw wrong("there is no %s '%s', but %s".formatted(what, wanted, names(parent)));
        }
        return parent.get(wanted);
    }

    private static Set<String> names(JsonNode parent) {
        return parent.propertyNames().stream().collect(Collectors.toCollection(TreeSet::new));
    }

    private IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(name + ": " + message);
    }
}
