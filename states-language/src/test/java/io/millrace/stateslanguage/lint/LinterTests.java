package io.millrace.stateslanguage.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.stateslanguage.lint.Finding.Place;
import io.millrace.stateslanguage.lint.Finding.Severity;
import io.millrace.stateslanguage.lint.TaskResources.Found;
import io.millrace.stateslanguage.lint.TaskResources.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static final Linter KNOWING =
            new Linter(resource ->
                    switch (resource.substring("arn:aws:states:::".length())) {
                        case "sqs:sendMessage", "sqs:sendMessage.waitForTaskToken" ->
                                new Found.Runs(
                                        Optional.of(
                                                new Parameters(
                                                        Set.of(
                                                                "QueueUrl",
                                                                "MessageBody",
                                                                "DelaySeconds"),
                                                        Set.of("QueueUrl", "MessageBody"))));
                        case "glue:startJobRun.sync" -> new Found.Elsewhere("sqs:sendMessage");
                        case "sqs:sendMesage" -> new Found.Nowhere(Optional.of("sqs:sendMessage"));
                        default -> new Found.Nowhere(Optional.empty());
                    });

    private static List<String> tasks(String... fields) {
        return KNOWING
                .lint(
                        IntStream.range(0, fields.length)
                                .mapToObj(i ->
                                        "\"T%d\": {\"Type\": \"Task\", %s, %s}"
                                                .formatted(
                                                        i,
                                                        fields[i],
                                                        i == fields.length - 1
                                                                ? "\"End\": true"
                                                                : "\"Next\": \"T%d\""
                                                                        .formatted(i + 1)))
                                .collect(
                                        Collectors.joining(
                                                ",", "{\"StartAt\": \"T0\", \"States\": {", "}}")),
                        false)
                .findings()
                .stream()
                .map(finding ->
                        "%s %s %s: %s"
                                .formatted(
                                        finding.severity(),
                                        finding.code(),
                                        finding.path(),
                                        finding.message()))
                .toList();
    }

    @Test
    void aResourceThatIsNowhereIsAnErrorAndSaysWhatIsLikeIt() {
        assertThat(tasks("\"Resource\": \"arn:aws:states:::sqs:sendMesage\""))
                .containsExactly(
                        "ERROR SCHEMA_VALIDATION_FAILED /States/T0/Resource: The resource provided arn:aws:states:::sqs:sendMesage is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.",
                        "WARNING DID_YOU_MEAN /States/T0/Resource: There is sqs:sendMessage");
    }

    @Test
    void aResourceThatOnlyStepFunctionsHasIsAWarningThatNamesWhatThereIsHere() {
        assertThat(tasks("\"Resource\": \"arn:aws:states:::glue:startJobRun.sync\""))
                .containsExactly(
                        "WARNING NOT_HERE /States/T0/Resource: Step Functions has arn:aws:states:::glue:startJobRun.sync; here it cannot be called, and CreateStateMachine refuses it. Tasks call sqs:sendMessage");
    }

    @Test
    void parametersThatFailTheTaskWheneverItRunsAreWarnings() {
        var send = "\"Resource\": \"arn:aws:states:::sqs:sendMessage\", ";
        assertThat(
                        tasks(
                                send
                                        + "\"Parameters\": {\"queueUrl.$\": \"$.q\", \"MessageBody\": \"a\", \"Colour\": 1}",
                                send
                                        + "\"QueryLanguage\": \"JSONata\", \"Arguments\": {\"QueueUrl\": \"{% $states.input.q %}\"}"))
                .containsExactly(
                        "WARNING MISSING_PARAMETER /States/T0/Parameters: The field 'QueueUrl' is required but was missing; the task fails with States.Runtime",
                        "WARNING UNSUPPORTED_PARAMETER /States/T0/Parameters/queueUrl.$: The field \"queueUrl\" is not supported by Step Functions, \"QueueUrl\" is; the task fails with States.Runtime",
                        "WARNING UNSUPPORTED_PARAMETER /States/T0/Parameters/Colour: The field \"Colour\" is not supported by Step Functions; the task fails with States.Runtime",
                        "WARNING MISSING_PARAMETER /States/T1/Arguments: The field 'MessageBody' is required but was missing; the task fails with States.Runtime");
    }

    @Test
    void ofParametersThatAreOnlyKnownWhenTheTaskRunsNothingIsSaid() {
        var send = "\"Resource\": \"arn:aws:states:::sqs:sendMessage\"";
        assertThat(
                        tasks(
                                send,
                                send
                                        + ", \"QueryLanguage\": \"JSONata\", \"Arguments\": \"{% $states.input %}\"",
                                send
                                        + ", \"Parameters\": {\"QueueUrl.$\": \"$.q\", \"MessageBody.$\": \"$\"}"))
                .isEmpty();
    }

    @Property(tries = 300)
    void anyTextHasADefinitionOrErrors(@ForAll String text) {
        var report = linter.lint(text, true);

        assertThat(report.definition().isPresent()).isEqualTo(report.count(Severity.ERROR) == 0);
    }
}
