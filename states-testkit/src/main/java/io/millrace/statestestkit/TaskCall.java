package io.millrace.statestestkit;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A task's call, as its mock sees it.
 *
 * @param execution the name of the execution: the test's own, or a child's of a distributed Map
 * @param resource the ARN in the state's Resource
 * @param input what Parameters or Arguments make of the state's input
 * @param token of a {@code .waitForTaskToken} task
 * @param number how often the mock was called before, in this test's execution and its children
 * @param attempt how often the state was retried before, since it was entered
 * @param time the virtual time
 */
public record TaskCall(
        String execution,
        String state,
        String resource,
        JsonNode input,
        Optional<String> token,
        int number,
        int attempt,
        Instant time) {}
