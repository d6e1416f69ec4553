package io.millrace.stateslanguage.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.stateslanguage.lint.Finding.Place;
import io.millrace.stateslanguage.lint.Finding.Severity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinterTests {

    private final Linter linter = new Linter();

    @Test
    void everyErrorHasThePlaceOfWhatItIsAbout() {
        var report =
                linter.lint(
                        """
                        {
                          "StartAt": "A/b",
                          "States": {
                            "A/b": {"Type": "Pass", "Colour": "red", "Next": "Nowhere"},
                            "C": {
                              "Type": "Choice",
                              "Choices": [
                                {"Variable": "$.x", "IsNull": true, "Next": "A/b"},
                                {"Variable": "$.x", "IsNull": "yes", "Next": "A/b"}
                              ]
                            }
                          }
                        }
                        """,
                        false);

        assertThat(report.findings())
                .extracting(Finding::path, Finding::place)
                .contains(
                        tuple("/States/A/b/Colour", new Place(4, 29)),
                        tuple("/States/A/b/Next", new Place(4, 46)),
                        tuple("/", new Place(1, 1)),
                        tuple("/States/C/Choices[1]/IsNull", new Place(9, 29)));
        assertThat(report.findings())
                .isSortedAccordingTo((a, b) -> Integer.compare(a.place().line(), b.place().line()));
        assertThat(report.definition()).isEmpty();
    }

    @Test
    void whatIsNoJsonIsToldWhereItStopsBeingAny() {
        assertThat(linter.lint("{\n  \"StartAt\": \"A\",\n  \"States\": {]\n}", false).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("INVALID_JSON_DESCRIPTION");
                    assertThat(finding.place().line()).isEqualTo(3);
                    assertThat(finding.message()).doesNotContain("\n");
                });
        assertThat(linter.lint("{\"StartAt\": \"A\",\n \"StartAt\": \"B\"}", false).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place().line()).isEqualTo(2);
                    assertThat(finding.message()).contains("StartAt");
                });
    }

    @Test
    void expressRefusesWhatWaitsOutside() {
        var waiting =
                """
                {"StartAt": "T", "States": {"T": {"Type": "Task", "TimeoutSeconds": 60, "End": true,
                  "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken"}}}
                """;

        assertThat(linter.lint(waiting, false).findings()).isEmpty();
        assertThat(linter.lint(waiting, true).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path()).isEqualTo("/States/T/Resource");
                    assertThat(finding.place()).isEqualTo(new Place(2, 3));
                });
    }

    @Test
    void whatMayHangOrFailIsAWarning() {
        var report =
                linter.lint(
                        """
                        {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "C", "States": {
                          "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "T"}]},
                          "T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true}}}}}}
                        """,
                        false);

        assertThat(report.findings())
                .extracting(Finding::severity, Finding::code, Finding::path)
                .containsExactly(
                        tuple(Severity.WARNING, "NO_DEFAULT", "/States/M/ItemProcessor/States/C"),
                        tuple(Severity.WARNING, "NO_TIMEOUT", "/States/M/ItemProcessor/States/T"));
        assertThat(report.definition()).isPresent();
    }

    @Property(tries = 300)
    void anyTextHasADefinitionOrErrors(@ForAll String text) {
        var report = linter.lint(text, true);

        assertThat(report.definition().isPresent()).isEqualTo(report.count(Severity.ERROR) == 0);
    }
}
