package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class LintCommandTests {

    private static final String SHIP =
            """
            "Ship": {"Type": "Map", "ItemProcessor": {"StartAt": "Pack", "States": {
              "Pack": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack", "End": true}}}, "End": true}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder = Path.of("");

    @Test
    void theReadmeShowsWhatThisPrints() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var blocks = blocks(readme);
        var definition = blocks.getFirst();

        assertThat(lint(definition)).isEqualTo(1);
        assertThat(blocks.get(1)).isEqualTo("$ ./millrace lint order.asl.json\n" + printed());

        out.getBuffer().setLength(0);
        var mended =
                definition
                        .replace("      \"Colour\": \"red\",\n", "")
                        .replace(
                                "\"Next\": \"Approve\"}]",
                                "\"Next\": \"Approve\"}], \"Default\": \"Ship\"")
                        .replace("\n    }\n  }\n}", "\n    },\n" + SHIP + "  }\n}");
        assertThat(lint(mended)).isZero();
        assertThat(blocks.get(2)).isEqualTo(printed());
    }

    @Test
    void whatTasksNameIsHeldAgainstWhatThereIs() throws IOException {
        var exit =
                lint(
                        """
                        {"StartAt": "A", "States": {
                          "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMesage", "Next": "B"},
                          "B": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Next": "C"},
                          "C": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:sendMessage", "Parameters": {"queueUrl": "q"}, "End": true}}}
                        """);

        assertThat(exit).isEqualTo(1);
        assertThat(printed())
                .contains(":2:25: error: SCHEMA_VALIDATION_FAILED: The resource provided")
                .contains("DID_YOU_MEAN: There is arn:aws:states:::sqs:sendMessage (")
                .contains(":3:25: warning: NOT_HERE: Step Functions has")
                .contains("\"queueUrl\" is not supported by Step Functions, \"QueueUrl\" is");
    }

    private static List<String> blocks(String readme) {
        return Pattern.compile("```(?:json)?\n(.*?)```\n", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void jsonIsForProgrammes() throws IOException {
        var passes =
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}, \"B\": {\"Type\": \"Succeed\"}}}";
        var broken = passes.replace("\"Next\": \"B\"", "\"Next\": \"C\"");

        assertThat(run("--format", "json", file("good", passes), file("bad", broken))).isEqualTo(1);

        var files = JsonMapper.shared().readTree(out.toString()).path("files");
        assertThat(files.get(0).path("findings")).isEmpty();
        var run = files.get(0).path("cost").path("shortest");
        assertThat(run.path("stateTransitions").asInt()).isEqualTo(2);
        assertThat(run.path("awsStandardDollars").asDouble()).isEqualTo(50);
        assertThat(run.path("here").path("dynamoDbWriteUnits").asInt()).isPositive();
        var finding = files.get(1).path("findings").get(0);
        assertThat(finding.path("severity").asString()).isEqualTo("error");
        assertThat(finding.path("code").asString()).isEqualTo("MISSING_TRANSITION_TARGET");
        assertThat(finding.path("path").asString()).isEqualTo("/States/A/Next");
        assertThat(finding.path("line").asInt()).isEqualTo(1);
        assertThat(finding.path("column").asInt()).isEqualTo(broken.indexOf("\"Next\"") + 1);
        assertThat(files.get(1).path("cost").isNull()).isTrue();
    }

    @Test
    void anExpressExecutionIsBilledByRequestTimeAndMemory() throws IOException {
        var task =
                """
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true, "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}}
                """;

        assertThat(
                        run(
                                "--format",
                                "json",
                                "--type",
                                "EXPRESS",
                                "--task-seconds",
                                "0.25",
                                "--memory",
                                "65",
                                file("t", task)))
                .isZero();

        var run = JsonMapper.shared().readTree(out.toString()).at("/files/0/cost/longest");
        // A million requests, and 0.3 s of 128 MB each.
        assertThat(run.path("awsExpressDollars").asDouble()).isEqualTo(1 + 0.3 * 0.125 * 16.67);
        assertThat(run.at("/here/dynamoDbWriteUnits").asInt()).isZero();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("nowhere.asl.json")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.asl.json");
        assertThat(run()).isEqualTo(2);
        assertThat(run("--items", "-1", "nowhere.asl.json")).isEqualTo(2);
    }

    @Test
    void standardInputIsADash() {
        var in = System.in;
        System.setIn(new ByteArrayInputStream("{".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("-")).isEqualTo(1);
        } finally {
            System.setIn(in);
        }
        assertThat(out.toString()).startsWith("-:1:2: error: INVALID_JSON_DESCRIPTION: ");
    }

    private int lint(String definition) throws IOException {
        return run(file("order", definition));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name + ".asl.json"), content).toString();
    }

    private String printed() {
        return out.toString().replace(folder + "/", "");
    }

    private int run(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "lint";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return MillraceCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(all);
    }
}
