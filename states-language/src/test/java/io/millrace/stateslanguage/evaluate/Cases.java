package io.millrace.stateslanguage.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the cases that lie in folders of the test resources. */
final class Cases {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Cases() {}

    /** Every case of every file of a folder, by the name of its file and its own. */
    static Stream<Case> in(String folder) {
        try (var files = Files.walk(root().resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream()
                    .flatMap(Cases::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Case> read(Path file) {
        var name = file.getFileName().toString().replace(".json", "");
        return MAPPER.readTree(file.toFile())
                .valueStream()
                .map(fields -> new Case(name + ": " + fields.get("name").asString(), fields));
    }

    private static Path root() {
        try {
            return Path.of(Cases.class.getResource("/cases").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One case. */
    record Case(String name, JsonNode fields) {
        @Override
        public String toString() {
            return name;
        }

        JsonNode field(String field) {
            return fields.path(field);
        }

        /** The definition, or a machine around the one state that the case gives. */
        String definition() {
            if (fields.has("definition")) {
                return fields.get("definition").toString();
            }
            var machine = MAPPER.createObjectNode().put("StartAt", "State");
            var state = (ObjectNode) fields.get("state").deepCopy();
            if (!state.get("Type").asString().matches("Fail|Succeed|Choice")) {
                state.put("End", true);
            }
            machine.putObject("States").set("State", state);
            return machine.toString();
        }
    }
}
