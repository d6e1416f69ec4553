package io.millrace.stateslanguage.evaluate;

import io.millrace.stateslanguage.scope.Environment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The same time, chance, ids and context object for every test. */
final class Surroundings {

    private Surroundings() {}

    static Environment environment() {
        return new Environment(
                InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z")),
                new Random(1),
                () -> new UUID(0, 7));
    }

    static ObjectNode context(JsonNode executionInput) {
        var context = JsonNodeFactory.instance.objectNode();
        context.putObject("Execution")
                .put("Id", "arn:aws:states:us-east-1:123456789012:execution:machine:the-execution")
                .put("Name", "the-execution")
                .set("Input", executionInput);
        context.putObject("StateMachine").put("Name", "machine");
        context.putObject("State").put("Name", "State");
        return context;
    }
}
