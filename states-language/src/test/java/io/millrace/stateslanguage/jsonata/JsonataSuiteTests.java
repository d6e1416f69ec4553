package io.millrace.stateslanguage.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stateslanguage.scope.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The language's own test suite, which {@code .ci/jsonata} fetches. A case that fails and is not
 * among the known ones fails the test, and so does a known one that holds.
 */
@EnabledIfSystemProperty(named = "millrace.jsonata-suite", matches = ".+")
class JsonataSuiteTests {

    private static final int CASES = 1655;

    @Test
    void everyCaseHoldsButTheKnownOnes() throws IOException {
        var failed = new TreeMap<String, String>();
        var cases = SuiteCase.all(Path.of(System.getProperty("millrace.jsonata-suite")));
        for (var each : cases) {
            each.complaint(Environment.system()).ifPresent(why -> failed.put(each.id(), why));
        }

        assertThat(cases).hasSize(CASES);
        assertThat(failed.keySet())
                .as(() -> "of %s".formatted(failed))
                .containsExactlyInAnyOrderElementsOf(known());
    }

    /** The cases that fail, without the headings that say why. */
    private static List<String> known() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/jsonata/known.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
