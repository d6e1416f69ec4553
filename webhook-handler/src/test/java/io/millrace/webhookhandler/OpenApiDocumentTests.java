package io.millrace.webhookhandler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiDocumentTests {

    @Test
    void itNamesEachAnswerThereIs() throws IOException {
        var problems =
                Stream.of(
                                Problem.malformed(""),
                                Problem.refused(""),
                                Problem.unknownSource(""),
                                Problem.otherBody(""),
                                Problem.tooLarge(1),
                                Problem.notJson(),
                                Problem.tooMany(Duration.ZERO),
                                Problem.unavailable())
                        .map(problem -> Integer.toString(problem.getStatusCode().value()));
        assertThat(answers().keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("202"), problems).toList());
    }

    private static Map<?, ?> answers() throws IOException {
        try (var file = OpenApiDocumentTests.class.getResourceAsStream("docs/openapi.yaml")) {
            Object node = new Yaml().load(Objects.requireNonNull(file, "openapi.yaml"));
            for (var field : new String[] {"paths", "/webhooks/{source}", "post", "responses"}) {
                node = ((Map<?, ?>) node).get(field);
            }
            return (Map<?, ?>) node;
        }
    }
}
